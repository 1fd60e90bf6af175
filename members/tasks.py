"""When, without anyone asking."""

from alliance.jobs.timetabled import timetabled
from members import reminders, workflow


@timetabled
def open_confirmations() -> None:
    """Each morning: open the yearly confirmation that is planned for today."""
    workflow.open_due()


@timetabled
def remind() -> None:
    """In office hours: remind the units that have not confirmed, where a reminder is due."""
    reminders.remind()
