"""What a batch is made of, and how long its applications stayed in each state, against the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from alliance import clock
from alliance.calendar.models import ExceptionalDay
from alliance.clock import SHANGHAI
from alliance.history.models import Event
from applications.choices import Intent, SeatWanted, State
from applications.models import Application, Batch
from applications.workflow import CHECK_DAYS, CORRECTION_DAYS, SCREENING_DAYS
from members.choices import ChainPosition, Direction, Scale, UnitType
from members.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SATURDAY = 5
LONGEST_BAR = 100.0
TIMED = (
    State.SUBMITTED,
    State.RESUBMITTED,
    State.CORRECTION,
    State.ACCEPTED,
    State.SCREENED,
    State.EXPERT_REVIEWED,
    State.DELIBERATED,
    State.PUBLICITY,
    State.OBJECTION,
    State.APPROVED,
)


LIMITS = {  # public notice has a least time, no longest
    State.SUBMITTED: CHECK_DAYS,
    State.RESUBMITTED: CHECK_DAYS,
    State.ACCEPTED: SCREENING_DAYS,
    State.CORRECTION: CORRECTION_DAYS,
}


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its word, its number, and its bar in hundredths of the longest."""

    label: str
    count: int
    width: float
    share: float
    kind: str = ""  # a direction, which has a pattern of its own


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]


@dataclass
class Stay:
    """How long applications stayed in one state, in working days."""

    state: Any
    limit: int | None
    spans: list[tuple[int, int]] = field(default_factory=list)  # (working days, of how many applications)
    still: int = 0  # are in it now

    @property
    def count(self) -> int:
        return sum(n for _days, n in self.spans)

    @property
    def longest(self) -> int:
        return max(days for days, _n in self.spans)

    @property
    def median(self) -> float:
        """The middle one; of an even number the mean of the two in the middle."""
        middle = [self.at((self.count + extra) // 2) for extra in (1, 2)]
        return sum(middle) / 2

    def at(self, place: int) -> int:
        """The span of the application at this place, the shortest first, counted from 1."""
        passed = 0
        for days, n in sorted(self.spans):
            passed += n
            if passed >= place:
                return days
        raise IndexError(place)

    @property
    def over(self) -> int:
        """How many stayed longer than their limit."""
        return sum(n for days, n in self.spans if self.limit is not None and days > self.limit)


def charts(batch: Batch) -> list[Chart]:
    """By type, region, direction, position on the chain, scale, way of taking part and seat: one question each."""
    received = batch.applications.visible_in_office()
    chain = received.aggregate(**{value: Count("pk", filter=Q(chain_position__icontains=f'"{value}"')) for value in ChainPosition.values})
    return [
        counted(_("Types of unit"), received, "unit_type", UnitType.choices),
        counted(_("Regions"), received, "region", REGIONS.items()),
        counted(_("Main directions"), received, "main_direction", Direction.choices, is_direction=True),
        drawn(_("Positions on the industry chain (several may be named)"), chain, ChainPosition.choices),
        counted(_("Scale of enterprises"), received, "scale", Scale.choices),
        counted(_("Ways of taking part"), received, "intent", Intent.choices),
        counted(_("Seats in mind"), received, "seat_wanted", SeatWanted.choices),
    ]


def counted(title: str, rows: Any, name: str, words: Iterable[tuple[str, Any]], *, is_direction: bool = False) -> Chart:
    return drawn(title, dict(rows.order_by().values_list(name).annotate(n=Count("pk"))), words, is_direction=is_direction)


def drawn(title: str, counts: Mapping[str, int], words: Iterable[tuple[str, Any]], *, is_direction: bool = False) -> Chart:
    """Regions are many: those without an application are left out there as everywhere; what was not answered comes last."""
    known = [(value, str(word), counts[value]) for value, word in words if counts.get(value)]
    if not is_direction:
        known.sort(key=lambda row: -row[2])
    if counts.get(""):
        known.append(("", _("not answered"), counts[""]))
    most, total = max((n for *_words, n in known), default=1), sum(n for *_words, n in known) or 1
    return Chart(title, [Bar(word, n, LONGEST_BAR * n / most, 100 * n / total, value if is_direction else "") for value, word, n in known])


def stays(batch: Batch) -> list[Stay]:
    """From the history: grouped by first and last day in the database, so that the rows read are as many as days, not as applications."""
    found = {state: Stay(state, LIMITS.get(state)) for state in TIMED}
    groups = list(grouped(batch))
    count = working_days(min((start for _s, start, _e, _n in groups), default=clock.today()))
    for state, start, end, n in groups:
        found[State(state)].spans.append((count(start, end or clock.today()), n))
        found[State(state)].still += n if end is None else 0
    return [stay for stay in found.values() if stay.spans]


def grouped(batch: Batch) -> Iterable[tuple[str, date, date | None, int]]:
    """State, day it was reached, day it was left, and of how many applications."""
    moves = Event.objects.of_kind(Application).exclude(before=F("after"))
    left = moves.filter(thing_id=OuterRef("thing_id"), id__gt=OuterRef("id")).order_by().values("kind").annotate(at=Min("at")).values("at")
    reached = moves.filter(thing_id__in=batch.applications.visible_in_office().values("pk"), after__in=TIMED)
    days = reached.annotate(start=TruncDate("at", tzinfo=SHANGHAI), end=TruncDate(Subquery(left), tzinfo=SHANGHAI))
    return days.order_by().values_list("after", "start", "end").annotate(n=Count("pk"))


def working_days(since: date) -> Any:
    """A function of two days: how many working days lie between them, the first not counted; from one question."""
    exceptions = dict(ExceptionalDay.objects.filter(day__gt=since, day__lte=clock.today()).values_list("day", "is_workday"))
    passed, day, sums = 0, since, {since: 0}
    while day < clock.today():
        day += timedelta(days=1)
        passed += exceptions.get(day, day.weekday() < SATURDAY)
        sums[day] = passed
    return lambda start, end: sums.get(end, passed) - sums.get(start, 0)


def table(batch: Batch) -> list[list[Any]]:
    """The same figures as rows of a sheet."""
    rows: list[list[Any]] = []
    for chart in charts(batch):
        rows += [[chart.title, bar.label, bar.count, round(bar.share, 1)] for bar in chart.bars]
    return rows


def times(batch: Batch) -> list[list[Any]]:
    return [
        [str(stay.state.label), stay.limit, stay.count, stay.still, stay.median, stay.longest, stay.over if stay.limit else None]
        for stay in stays(batch)
    ]
