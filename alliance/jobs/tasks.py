"""The portal's own housekeeping."""

from alliance.history import chain
from alliance.jobs.timetabled import timetabled


@timetabled
def heartbeat() -> None:
    """Nothing but its own row: proof that the timetable ticks, the broker carries and a worker works."""


@timetabled
def seal() -> None:
    """Chain the events that have happened since the last time."""
    chain.seal()
