"""Counting working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from alliance import clock
from alliance.calendar.models import ExceptionalDay
from alliance.prepared import Prepared

SATURDAY = 5


def is_announced(year: int) -> bool:
    """Whether the holidays of `year` are known; otherwise Monday to Friday are taken as working days, and pages say so."""
    return ExceptionalDay.objects.filter(day__year=year).exists()


EXCEPTIONS = Prepared(lambda after=date(1864, 8, 6), last=date(1864, 8, 7): ExceptionalDay.objects.filter(day__gt=after, day__lte=last))


def exceptions_between(after: date, last: date) -> dict[date, bool]:
    """Which days after `after`, up to `last`, are not what their weekday says: whether they are working days."""
    return {each.day: each.is_workday for each in EXCEPTIONS.all(str(after), str(last))}


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself is not counted (Civil Code, articles 201 and 203)."""
    window = day + timedelta(days=3 * count + 30)  # the longest holiday so far is nine days
    exceptions = exceptions_between(day, window)
    while count:
        day += timedelta(days=1)
        count -= exceptions.get(day, day.weekday() < SATURDAY)
    return day


def working_days_left(moment: datetime, until: datetime) -> int:
    """How many whole working days there are after the day of `moment`, up to the midnight `until`."""
    day, last = (each.astimezone(clock.SHANGHAI).date() for each in (moment, until - timedelta(microseconds=1)))
    exceptions = exceptions_between(day, last)
    days = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
    return sum(exceptions.get(each, each.weekday() < SATURDAY) for each in days)


def due_after(moment: datetime, count: int) -> datetime:
    """The instant a limit of `count` working days from `moment` ends: the midnight (Asia/Shanghai) after its last day."""
    last = working_day_after(moment.astimezone(clock.SHANGHAI).date(), count)
    return clock.midnight(last + timedelta(days=1))
