"""Taking a year's days over from a list: a line a day, with the date, whether it is worked, and a note."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alliance.calendar.days import SATURDAY
from alliance.calendar.models import Edition, ExceptionalDay
from alliance.history.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alliance.accounts.models import User

WORKED = {"1": True, "yes": True, "true": True, "work": True, "是": True, "班": True, "上班": True, "工作日": True}
FREE = {"0": False, "no": False, "false": False, "holiday": False, "否": False, "休": False, "放假": False, "休息": False, "节假日": False}
HEADS = {"date", "day", "日期"}
LONGEST_NOTE, MOST_LINES = 60, 1000


class Line(NamedTuple):
    """One day of a list."""

    day: date
    is_workday: bool
    note: str


def read(text: str) -> list[Line]:
    """The days of `text` (CSV; comma, semicolon or tab), or a ValidationError that names every line that cannot be meant."""
    found, wrong = [], []
    rows = [(number, cells) for number, cells in enumerate(cells_of(text), 1) if any(cells) and cells[0].lower() not in HEADS]
    for number, cells in rows[:MOST_LINES]:
        try:
            found.append(line(cells))
        except ValueError as problem:
            wrong.append(_("Line %(number)d: %(problem)s") % {"number": number, "problem": problem})
    doubled = sorted({f"{each.day}" for each in found if [other.day for other in found].count(each.day) > 1})
    if doubled:
        wrong.append(_("Stands there twice: %(days)s") % {"days": ", ".join(doubled)})
    if not rows:
        wrong.append(_("There is no day in this list."))
    if len(rows) > MOST_LINES:
        wrong.append(_("More than a thousand lines: this is no list of days."))
    if wrong:
        raise ValidationError(wrong)
    return found


def cells_of(text: str) -> Iterator[list[str]]:
    mark = next((each for each in "\t;" if each in text), ",")
    for cells in csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=mark):
        yield [cell.strip() for cell in cells]


def line(cells: list[str]) -> Line:
    """One line, or a ValueError that says what is wrong with it."""
    try:
        day = date(*map(int, cells[0].replace("/", "-").replace(".", "-").split("-")))
    except (TypeError, ValueError, OverflowError):
        raise ValueError(_("“%(text)s” is no date; write 2027-01-01.") % {"text": cells[0][:20]}) from None
    if not 2000 <= day.year <= 2100:
        raise ValueError(_("Please check the year."))
    word = cells[1].lower() if len(cells) > 1 else ""
    if word not in WORKED | FREE:
        raise ValueError(_("“%(text)s” does not say whether the day is worked; write 班 or 休.") % {"text": word[:20]})
    note = cells[2] if len(cells) > 2 else ""
    if len(note) > LONGEST_NOTE:
        raise ValueError(_("The note is longer than 60 characters."))
    return Line(day, (WORKED | FREE)[word], note)


@transaction.atomic
def take_over(lines: list[Line], *, by: User) -> int:
    """Set the table to what the list says of its days; a day that follows the week needs no row. Returns how many changed."""
    known = {each.day: each for each in ExceptionalDay.objects.filter(day__in=[each.day for each in lines])}
    changed = 0
    for each in lines:
        row, is_exception = known.get(each.day), each.is_workday != (each.day.weekday() < SATURDAY)
        if not is_exception:
            changed += bool(row and row.delete())
        elif row is None or (row.is_workday, row.note) != (each.is_workday, each.note):
            ExceptionalDay.objects.update_or_create(day=each.day, defaults={"is_workday": each.is_workday, "note": each.note})
            changed += 1
    new_edition(changed, by=by)
    return changed


def new_edition(changed: int, *, by: User) -> None:
    """The table has changed: from now on limits are counted by the next edition."""
    if changed:
        record(Edition.objects.create(made_by=by, days=changed), "add", by=by, inputs={"days": changed})
