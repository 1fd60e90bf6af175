"""What of tables is not kept longer than it is used."""

from datetime import timedelta

from alliance import clock
from alliance.exchange.models import Export, Line
from alliance.jobs.timetabled import timetabled

KEPT = timedelta(days=1)


@timetabled
def forget() -> None:
    """Each night: lines that nobody took over within a day, and files that waited for a day; that they were there stays."""
    Line.objects.filter(of__at__lt=clock.now() - KEPT).delete()
    old = Export.objects.filter(at__lt=clock.now() - KEPT)
    old.exclude(content=None, things=[], rows=[]).update(content=None, things=[], rows=[])
