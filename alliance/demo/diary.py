"""The diary of the demo: what is going to happen, and when. It is lived page by page, each at its own moment."""

from __future__ import annotations

from datetime import timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from alliance import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

EVENING = timedelta(hours=20)


class Diary:
    """Entries in the order of their moments; of two at the same moment the one noted first comes first."""

    def __init__(self, evening: Callable[[], None]) -> None:
        """`evening` ends each day on which something happened."""
        self.entries: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self.noted, self.evening, self.ended = 0, evening, None

    def note(self, moment: datetime, act: Callable[..., None], *things: Any) -> None:
        """At `moment`, `act` with `things`."""
        self.noted += 1
        heappush(self.entries, (moment, self.noted, act, things))

    def live(self, until: datetime) -> None:
        """Do everything that is noted for before `until`, what is noted meanwhile included."""
        while self.entries and self.entries[0][0] < until:
            moment, _noted, act, things = heappop(self.entries)
            with clock.at(moment):
                self.end_day()
                act(*things)

    def end_day(self) -> None:
        """Today has an evening, once."""
        if clock.today() != self.ended:
            self.ended = clock.today()
            self.note(clock.midnight(self.ended) + EVENING, self.evening)
