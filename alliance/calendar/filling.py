"""The table's first filling, from the package `chinesecalendar`; afterwards the office's own edits stand."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays

from alliance.calendar.days import SATURDAY
from alliance.calendar.models import ExceptionalDay

FIRST_YEAR = 2020  # the notice's own


def fill() -> int:
    """Add every exceptional day from 2020 to the package's last year that is not in the table yet; returns how many."""
    last_year = max(holidays).year
    known = set(ExceptionalDay.objects.values_list("day", flat=True))
    span = (date(last_year, 12, 31) - date(FIRST_YEAR, 1, 1)).days + 1
    days = (date(FIRST_YEAR, 1, 1) + timedelta(days=n) for n in range(span))
    new = [
        ExceptionalDay(day=day, is_workday=works)
        for day in days
        if day not in known and (works := chinese_calendar.is_workday(day)) != (day.weekday() < SATURDAY)
    ]
    ExceptionalDay.objects.bulk_create(new)
    return len(new)
