"""When, without anyone asking."""

from alliance.jobs.timetabled import each, timetabled
from council.models import UnitTenure
from council.workflow import end_lapsed


@timetabled
def end_lapsed_tenures() -> None:
    """Each night: end the tenures of units that have left the alliance."""
    each(UnitTenure.objects.lapsed().select_related("unit"), end_lapsed)
