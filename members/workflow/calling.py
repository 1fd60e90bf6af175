"""Who is called to a meeting, and how long before: the roll of each body.

What rests on members may know who is called to a body of its own, and who stands in an election of a meeting; it declares so by
`calls` and `names_candidates`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from alliance import clock
from alliance.letters.words import day
from members.choices import Assembly, BodyKind, LimitKind
from members.models import Attendance, BodyTenure, Meeting, MemberUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from members.models import Term

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


WITHOUT_LIMIT = {Assembly.EXPERTS: 3, Assembly.PREPARATORY: 0}  # days, where a term's limits say nothing
LIMIT = {Assembly.MEMBERS: LimitKind.NOTICE_TO_MEMBERS, Assembly.COUNCIL: LimitKind.NOTICE_TO_COUNCIL}


def notice_of(assembly: str, term: Term) -> int:
    """How many days before it a body is called, by the limits of the term: ten for the assembly and three for the council, unless the term says otherwise."""
    kind = LIMIT.get(Assembly(assembly))
    return int(term.limit(kind).value) if kind else WITHOUT_LIMIT[Assembly(assembly)]


def late(assembly: str, term: Term, held_on: date, urgency: str) -> str:
    """Why a meeting called today cannot be held on this day, or nothing where it can."""
    days = notice_of(assembly, term)
    earliest = clock.today() + timedelta(days=days)
    if urgency or held_on >= earliest:
        return ""
    return ngettext(
        "This body is called %(days)d day ahead: called today, it meets on %(earliest)s at the earliest, and this meeting is on %(held_on)s. Please choose a later day, or give the reason for urgency.",
        "This body is called %(days)d days ahead: called today, it meets on %(earliest)s at the earliest, and this meeting is on %(held_on)s. Please choose a later day, or give the reason for urgency.",
        days,
    ) % {"days": days, "earliest": day(earliest), "held_on": day(held_on)}
