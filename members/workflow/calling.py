"""Who is called to a meeting, and how long before: the roll of each body.

What rests on members may know who is called to a body of its own, and who stands in an election of a meeting; it declares so by
`calls` and `names_candidates`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from alliance import clock
from alliance.calendar.days import working_day_after
from members.choices import Assembly, BodyKind
from members.models import Attendance, BodyTenure, Meeting, MemberUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django.utils.functional import Promise

    Roll = Callable[[Meeting], Iterable[Attendance]]

CALLED: dict[str, Roll] = {}
CANDIDATES: list[Callable[[Meeting], set[int]]] = []


def calls(assembly: Assembly) -> Callable[[Roll], Roll]:
    """Declare who is called to the meetings of a body: the lines of the roll, not saved yet."""

    def declared(roll: Roll) -> Roll:
        CALLED[assembly] = roll
        return roll

    return declared


def names_candidates(units: Callable[[Meeting], set[int]]) -> Callable[[Meeting], set[int]]:
    """Declare who stands in an election at a meeting: the keys of the units concerned."""
    CANDIDATES.append(units)
    return units


def candidates_of(meeting: Meeting) -> set[int]:
    """The units that stand, or whose person stands, in an election of this meeting."""
    return set().union(*(units(meeting) for units in CANDIDATES))


def roll_of(meeting: Meeting) -> list[Attendance]:
    """The lines of the roll as it would be frozen now."""
    return list(CALLED[meeting.assembly](meeting))


def line_for(meeting: Meeting, unit: MemberUnit) -> Attendance:
    """A unit with its one vote, cast by whoever represents it."""
    person = unit.representative
    return Attendance(meeting=meeting, unit=unit, voter=getattr(person, "name", ""), user_id=getattr(person, "user_id", None))


@calls(Assembly.MEMBERS)
def electorate(meeting: Meeting) -> list[Attendance]:
    """Every active unit, before the founding the prospective ones; whose rights rest has no vote."""
    return [line_for(meeting, unit) for unit in MemberUnit.objects.electorate(meeting.term).prefetch_related("representatives")]


@calls(Assembly.EXPERTS)
def committee(meeting: Meeting) -> list[Attendance]:
    """Whoever sits on the expert committee today."""
    tenures = BodyTenure.objects.running().named().filter(body__kind=BodyKind.EXPERTS).order_by("id")
    persons = {each.named: getattr(each.expert, "user_id", None) for each in tenures if each.named}
    return [Attendance(meeting=meeting, voter=name, user_id=account) for name, account in persons.items()]


@calls(Assembly.PREPARATORY)
def group(meeting: Meeting) -> list[Attendance]:
    """Whom the office has typed in, each once."""
    names = dict.fromkeys(name[:60] for line in meeting.invited.splitlines() if (name := line.strip()))
    return [Attendance(meeting=meeting, voter=name) for name in names]


# ── How long before ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Notice:
    """So many days before the day of the meeting, in days of the calendar or in working days."""

    days: int
    working: bool = False

    def earliest(self, called_on: date) -> date:
        """The first day on which a meeting called on a day may be held."""
        return working_day_after(called_on, self.days) if self.working else called_on + timedelta(days=self.days)

    @property
    def words(self) -> Promise | str:
        counted = (
            ngettext_lazy("%(days)d working day", "%(days)d working days", "days")
            if self.working
            else ngettext_lazy("%(days)d day", "%(days)d days", "days")
        )
        return counted % {"days": self.days}


NOTICE = {  # domain custom: ten days for the assembly, three for the council
    Assembly.MEMBERS: Notice(10),
    Assembly.COUNCIL: Notice(3),
    Assembly.EXPERTS: Notice(3),
    Assembly.PREPARATORY: Notice(0),
}


def late(assembly: str, held_on: date, urgency: str) -> str | Promise:
    """Why a meeting called today cannot be held on this day, or nothing where it can."""
    notice, today = NOTICE[Assembly(assembly)], clock.today()
    earliest = notice.earliest(today)
    if urgency or held_on >= earliest:
        return ""
    return _(
        "This body is called %(notice)s ahead: called today, it meets on %(earliest)s at the earliest, and this meeting is on %(held_on)s. Please choose a later day, or give the reason for urgency."
    ) % {"notice": notice.words, "earliest": earliest.isoformat(), "held_on": held_on.isoformat()}
