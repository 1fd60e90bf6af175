"""When, without anyone asking."""

from alliance import clock
from alliance.history.models import TIMETABLE
from alliance.jobs.timetabled import each, timetabled
from members import reminders, workflow
from members.models import Resignation, Suspension


@timetabled
def reinstate_suspended() -> None:
    """Each night: units whose suspension was meant to end by today have their rights again."""
    due = Suspension.objects.over(clock.today()).select_related("unit")
    each(due, lambda suspension: workflow.reinstate_due(suspension, by=TIMETABLE))


@timetabled
def let_go() -> None:
    """Each night: units whose confirmed resignation takes effect today leave."""
    due = Resignation.objects.due(clock.today()).select_related("unit")
    each(due, lambda resignation: workflow.leave_by_notice(resignation, by=TIMETABLE))


@timetabled
def open_confirmations() -> None:
    """Each morning: open the yearly confirmation that is planned for today."""
    workflow.open_due()


@timetabled
def remind() -> None:
    """In office hours: remind the units that have not confirmed, where a reminder is due."""
    reminders.remind()
