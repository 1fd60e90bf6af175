"""The alliance in figures: how it grew, what it is made of; of today or of any day of the past, each number counted by the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from members.directory.asked import BY_NAME, GROUPS, MIXED, Asked
from members.models import Listing, MemberUnit
from members.models.listing import told

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE, MOST_MONTHS, DECEMBER = 100.0, 24, 12
DRAWN = ("direction", "type", "chain", "scale", "region")
HEIGHT, STEP, COLUMN, HEAD, FOOT = 160, 48, 30, 22, 24


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its word and number, its bar in hundredths of the longest, its share of all, and where its units are listed."""

    word: Any
    count: int
    width: float
    share: float
    address: str = ""
    kind: str = ""  # a direction, which has a pattern of its own


@dataclass(frozen=True)
class Chart:
    name: str
    title: Any
    bars: list[Bar]


@dataclass(frozen=True)
class Period:
    """A month or a year: who came, who left, and how many there were at its end."""

    year: int
    month: int  # 0: the whole year
    came: int
    left: int
    total: int

    @property
    def word(self) -> str:
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    @property
    def short(self) -> str:
        """Under its column."""
        return f"{self.year % 100:02d}-{self.month:02d}" if self.month else str(self.year)


@dataclass(frozen=True)
class Column:
    """A period as it is drawn."""

    period: Period
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + COLUMN / 2

    @property
    def above(self) -> float:
        """Where its number stands."""
        return self.y - 6


# ── what it is made of ───────────────────────────────────────────────────────────────────────────────────────────────


def charts(day: date, *, is_today: bool) -> list[Chart]:
    """By type, region, direction, position on the chain and scale, of the units that belonged on `day`: two questions.

    What a unit is stands in the register as it is now, whichever day is asked for.
    """
    rows, counts = Listing.objects.on_date(day).order_by(), {name: Counter() for name in DRAWN}
    for mix, n in rows.values_list("mix").annotate(n=Count("pk")):
        for facet in MIXED:
            counts[facet.name].update(dict.fromkeys(facet.of(told(mix)) or ("",), n))
    for place, n in rows.values_list("place").annotate(n=Count("pk")):
        counts["region"][f"{place:06d}" if place else ""] += n
    units, found = sum(counts["region"].values()), []
    for name in DRAWN:
        facet = BY_NAME[name]
        links = {value: Asked().with_only(name, value) for value in facet.words} if is_today else {}
        words = [(value, word) for value, word in facet.words.items() if value not in GROUPS]
        found.append(Chart(name, facet.title, bars(counts[name], words, links, of=units, of_directions=name == "direction")))
    return found


def bars(counts: Counter[str], words: Iterable[tuple[str, Any]], links: dict[str, str], *, of: int, of_directions: bool) -> list[Bar]:
    """The longest first, but for the directions, which have an order; what is not said comes last. Shares are of the units, who may stand at several positions."""
    known = [(value, word, counts[value]) for value, word in words if counts[value]]
    if not of_directions:
        known.sort(key=lambda row: -row[2])
    if counts[""]:
        known.append(("", _("not stated"), counts[""]))
    most = max((n for *_rest, n in known), default=1)
    return [
        Bar(word, n, WHOLE * n / most, WHOLE * n / of, links.get(value, ""), value if of_directions else "") for value, word, n in known
    ]


# ── how it grew ──────────────────────────────────────────────────────────────────────────────────────────────────────


def growth(day: date) -> list[Period]:
    """Month by month from the first admission to `day`; year by year where that would be too many months."""
    came, left = (by_month(name, day) for name in ("admitted_on", "ended_on"))
    if not came:
        return []
    first = min(came)
    months, total, month = [], 0, first
    while month <= day:
        total += came[month] - left[month]
        months.append(Period(month.year, month.month, came[month], left[month], total))
        month = date(month.year + month.month // DECEMBER, month.month % DECEMBER + 1, 1)
    return months if len(months) <= MOST_MONTHS else years(months)


def by_month(name: str, day: date) -> Counter[date]:
    counted = MemberUnit.objects.filter(**{f"{name}__lte": day}).order_by().values_list(TruncMonth(name)).annotate(n=Count("pk"))
    return Counter(dict(counted))


def years(months: list[Period]) -> list[Period]:
    found: dict[int, list[Period]] = {}
    for month in months:
        found.setdefault(month.year, []).append(month)
    return [Period(year, 0, sum(m.came for m in of), sum(m.left for m in of), of[-1].total) for year, of in found.items()]


def columns(periods: list[Period]) -> list[Column]:
    most = max((each.total for each in periods), default=0) or 1
    tall = [HEIGHT * each.total / most for each in periods]
    return [
        Column(each, place * STEP + (STEP - COLUMN) / 2, HEAD + HEIGHT - height, height)
        for place, (each, height) in enumerate(zip(periods, tall, strict=True))
    ]


def drawing(periods: list[Period]) -> dict[str, Any]:
    """The columns, and the field they stand in."""
    return {"columns": columns(periods), "width": max(len(periods), 1) * STEP, "height": HEAD + HEIGHT + FOOT, "ground": HEAD + HEIGHT}


# ── to take away ─────────────────────────────────────────────────────────────────────────────────────────────────────


def composition(day: date) -> list[list[Any]]:
    return [
        [str(chart.title), str(bar.word), bar.count, round(bar.share, 1)] for chart in charts(day, is_today=False) for bar in chart.bars
    ]


def growth_rows(day: date) -> list[list[Any]]:
    return [[each.word, each.came, each.left, each.total] for each in growth(day)]
