"""The outbox's timetable."""

from alliance.jobs.timetabled import timetabled
from alliance.letters import outbox


@timetabled
def sweep() -> None:
    """Each minute, and at every nudge: send what waits."""
    outbox.sweep()
