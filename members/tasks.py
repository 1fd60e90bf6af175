"""When, without anyone asking."""

from alliance import clock
from alliance.history.models import TIMETABLE
from alliance.jobs.timetabled import each, timetabled
from members.models import Resignation, Suspension
from members.workflow import leave_by_notice, reinstate_due


@timetabled
def reinstate_suspended() -> None:
    """Each night: units whose suspension was meant to end by today have their rights again."""
    due = Suspension.objects.over(clock.today()).select_related("unit")
    each(due, lambda suspension: reinstate_due(suspension, by=TIMETABLE))


@timetabled
def let_go() -> None:
    """Each night: units whose confirmed resignation takes effect today leave."""
    due = Resignation.objects.due(clock.today()).select_related("unit")
    each(due, lambda resignation: leave_by_notice(resignation, by=TIMETABLE))
