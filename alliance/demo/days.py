"""The days of the story, counted back from today in working days, so that every limit of the office fits between them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from alliance import clock
from alliance.calendar.days import SATURDAY, exceptions_between

if TYPE_CHECKING:
    from random import Random

DAY = timedelta(days=1)
BEGINS, ENDS = 9, 18  # hours of a working day


class Days:
    """The working days around today, read once; and which of them the story takes place on."""

    def __init__(self, today: date) -> None:
        """Backwards from today: a meeting lately, a batch closed before it, the founding, the first intake, the call."""
        self.today = today
        self.exceptions = exceptions_between(today - 800 * DAY, today + 60 * DAY)
        self.last = self.before(today, 1)  # nothing of the story happens today
        self.second_meeting = self.before(today, 3)
        self.admitted_lately = self.before(today, 2)
        self.first_meeting = self.before(self.admitted_lately, 8)  # publishing, five working days of public notice, approval
        self.closed = self.before(self.first_meeting, 9)  # the last day of the batch under review
        self.resigned = self.before(self.closed, 10)
        self.founding = self.before(self.closed, 24)
        self.nominations = self.before(self.founding, 20)
        self.admission = self.before(self.nominations, 1)
        self.deliberation = self.before(self.admission, 9)
        self.deadline = self.before(self.deliberation, 12)  # of the first intake
        self.call = self.before(self.deadline, 45)
        self.ahead = self.after(today, 14)  # the last day of the batch that is open

    def is_worked(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`."""
        while count:
            day -= DAY
            count -= self.is_worked(day)
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        while count:
            day += DAY
            count -= self.is_worked(day)
        return day

    def capped(self, moment: datetime, minutes: int = 0) -> datetime:
        """`moment`, or late on the last day of the story if it lies beyond it."""
        return min(moment, clock.midnight(self.last) + timedelta(hours=16, minutes=minutes))


def hour(day: date, rng: Random) -> datetime:
    """Some minute of a day's working hours."""
    return clock.midnight(day) + timedelta(hours=BEGINS, seconds=rng.randrange((ENDS - BEGINS) * 3600))


def at(day: date, hours: int, minutes: int = 0) -> datetime:
    return clock.midnight(day) + timedelta(hours=hours, minutes=minutes)


def midnight_after(day: date) -> datetime:
    """When a deadline of this last day is over."""
    return clock.midnight(day + DAY)
