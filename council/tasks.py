"""When, without anyone asking."""

from contextlib import suppress

from alliance.jobs.timetabled import timetabled
from alliance.workflow import Refused
from council.models import UnitTenure
from council.workflow import end_lapsed


@timetabled
def end_lapsed_tenures() -> None:
    """Each night: end the tenures of units that have left the alliance."""
    for tenure in UnitTenure.objects.lapsed().select_related("unit"):
        with suppress(Refused):  # whoever fills the seat was first
            end_lapsed(tenure)
