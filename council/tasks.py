"""When, without anyone asking."""

from alliance import clock
from alliance.jobs.timetabled import each, timetabled
from council.models import UnitTenure
from council.workflow import end_lapsed


@timetabled
def end_lapsed_tenures() -> None:
    """Each night: end the tenures of units that have left the alliance; a merger that can still be undone waits for the next."""
    each(UnitTenure.objects.lapsed().settled(clock.now()).select_related("unit"), end_lapsed)
