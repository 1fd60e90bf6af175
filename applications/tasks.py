"""When, without anyone asking."""

from functools import partial

from alliance import clock
from alliance.history.models import TIMETABLE
from alliance.jobs.timetabled import each, timetabled
from applications import batches, limits, reminders
from applications.choices import State
from applications.models import Application
from applications.workflow import KEPT, discard, lapse, miss_seal


@timetabled
def close_batches() -> None:
    """Each minute: close what is past its deadline."""
    batches.close_due()


@timetabled
def lapse_corrections() -> None:
    """Each hour: let corrections lapse whose time is over."""
    each(Application.objects.lapsing(clock.now()), partial(lapse, by=TIMETABLE))


@timetabled
def move_unsealed() -> None:
    """Each hour: what was submitted without a sealed form, which did not come in time."""
    each(Application.objects.seals_due(clock.now()).filter(state=State.SUBMITTED), partial(miss_seal, by=TIMETABLE))


@timetabled
def count_limits_again() -> None:
    """Each hour: what was counted by an earlier table of working days."""
    limits.count_again()


@timetabled
def remind() -> None:
    """Each hour from nine to eight in the evening: what is due; at night nobody is written to."""
    reminders.remind()


@timetabled
def discard_old_drafts() -> None:
    """Each night: drafts that nobody has touched for half a year."""
    each(Application.objects.untouched(clock.now() - KEPT).iterator(chunk_size=500), partial(discard, by=TIMETABLE))
