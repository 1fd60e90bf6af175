"""The only clock. Everything that happens asks it, so that a test or the demo can stand at any moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the secretariat's clock: GMT+8, no summer time

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This instant, aware, in UTC; or the moment that `at` stands at."""
    return _moment.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in Asia/Shanghai, whatever zone the server keeps."""
    return now().astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """The instant `day` begins in Asia/Shanghai; a deadline "until 12 December" is the midnight of the 13th."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand at `moment` (aware) inside the block: for the demo's past and for tests."""
    if moment.tzinfo is None:
        message = "a moment needs its zone"
        raise ValueError(message)
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
