"""The shelf's timetable."""

from alliance.files import scanning, sweeping
from alliance.jobs.timetabled import timetabled


@timetabled
def scan() -> None:
    """Each minute, and at every nudge: have scanned what waits."""
    scanning.sweep()


@timetabled
def sweep_orphans() -> None:
    """Each night: take away what nobody keeps."""
    sweeping.sweep_orphans()
