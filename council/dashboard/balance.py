"""How the council is made up against the members: by type, region, branch city, position on the chain and scale.

The members are counted by the database, from the directory's narrow rows: one question, however many there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from members import regions
from members.choices import ChainPosition, Scale, UnitType
from members.models import Body, Listing
from members.models.listing import Told, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from council.dashboard.seats import Sitting

WHOLE, ROOM, LEFT, ROW, LEGIBLE = 100, 348, 52, 28, 30  # of the drawing: 400 wide
BAY = ("440100", "440300", "440400", "440600", "440700", "441200", "441300", "441900", "442000")  # 珠三角九市
LEARNED = (UnitType.UNIVERSITY, UnitType.INSTITUTE)


@dataclass(frozen=True)
class Mix:
    """Units counted by what they are and where."""

    kinds: Counter[Told]
    places: Counter[str]
    branches: frozenset[str] = frozenset()  # where the alliance has branches, or plans them

    @property
    def total(self) -> int:
        return sum(self.places.values())

    @property
    def directions(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for kind, count in self.kinds.items():
            found[kind.main_direction] += count
        return found


def members_on(day: date) -> Mix:
    """One question: what the members are, where they are, and where there are branches.

    Whoever was admitted by that day is counted along an index, in its order; the few that had left by then are taken off again.
    """
    admitted, left = Listing.objects.admitted(by=day).order_by(), Listing.objects.left(by=day).order_by()
    branches = Body.objects.branches().order_by().values_list(Value("branch"), Cast("region", IntegerField()), Value(1))
    parts = [
        rows.values_list(Value(column), column).annotate(n=count)
        for column in ("mix", "place")
        for rows, count in ((admitted, Count("*")), (left, -Count("*")))
    ]
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for part, key, count in branches.union(*parts, all=True):
        counted[part][key] += count
    return Mix(
        Counter({told(key): count for key, count in counted["mix"].items() if count}),
        Counter({f"{key:06d}": count for key, count in counted["place"].items() if count}),
        frozenset(f"{key:06d}" for key in counted["branch"]),
    )


def council_of(rows: Iterable[Sitting]) -> Mix:
    return mix_of(row.tenure.unit.listing for row in rows if row.tenure and hasattr(row.tenure.unit, "listing"))


def mix_of(listings: Iterable[Listing]) -> Mix:
    """These units, whether they sit or stand."""
    listed = list(listings)
    return Mix(Counter(each.told for each in listed), Counter(f"{each.place:06d}" for each in listed))


# ── the strips ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Part:
    """A piece of a strip: how many, which share, and where it is drawn."""

    word: str
    count: int
    share: float
    tone: int
    x: float
    width: float

    @property
    def percent(self) -> int:
        return round(self.share)

    @property
    def is_legible(self) -> bool:
        return self.width > LEGIBLE

    @property
    def text_x(self) -> float:
        return self.x + 6


@dataclass(frozen=True)
class Strip:
    """One matter: the council's row above the members'."""

    name: str
    title: str
    council: list[Part]
    members: list[Part]

    @property
    def rows(self) -> list[dict[str, Any]]:
        named = ((pgettext("strip", "Council"), self.council), (pgettext("strip", "Members"), self.members))
        return [{"who": who, "parts": parts, "y": n * ROW, "text_y": n * ROW + 17} for n, (who, parts) in enumerate(named)]

    @property
    def pairs(self) -> list[tuple[Part, Part]]:
        """Each part of ours beside the members' part."""
        return list(zip(self.council, self.members, strict=True))

    @property
    def words(self) -> list[tuple[int, str]]:
        return [(part.tone, part.word) for part in self.members]

    @property
    def label(self) -> str:
        """All its numbers in one sentence, for those who do not see it."""
        told = (f"{row['who']}{_(': ')}" + _(", ").join(f"{part.word} {part.percent}%" for part in row["parts"]) for row in self.rows)
        return f"{self.title}{_(': ')}" + _("; ").join(told)


def strips(council: Mix, members: Mix) -> list[Strip]:
    found = []
    for name, title, words, of in matters(members.branches):
        ours, theirs = of(council), of(members)
        shown = {key: word for key, word in words.items() if key or ours.get(key) or theirs.get(key)}
        found.append(Strip(name, title, parts(ours, shown), parts(theirs, shown)))
    return found


Of = Callable[[Mix], Mapping[str, int]]


def matters(branches: frozenset[str]) -> list[tuple[str, str, dict[str, str], Of]]:
    """Each matter with its words and with how it counts a mix under them."""
    cities = {code: str(regions.REGIONS[code]) for code in sorted(branches) if code in regions.REGIONS}
    unsaid = {"": _("not stated")}
    types = {"enterprise": _("Enterprises"), "learned": _("Universities and institutes"), "service_body": _("Service bodies")}
    places = {"bay": _("Nine cities of the delta"), "province": _("Other Guangdong"), "special": _("Hong Kong, Macao, Taiwan")}
    return [
        ("type", _("Type of unit"), {**types, "other": _("Others")}, lambda mix: by_kind(mix, type_of)),
        ("region", _("Region"), {**places, "elsewhere": _("Other provinces")}, lambda mix: by_place(mix, region_of)),
        ("branch", _("Branch city"), {**cities, "": _("Elsewhere")}, lambda mix: by_place(mix, lambda p: p if p in cities else "")),
        (
            "chain",
            _("Position on the chain"),
            {**words(ChainPosition), **unsaid},
            lambda mix: by_kind(mix, lambda kind: kind.chain or ("",)),
        ),
        ("scale", pgettext("of a unit", "Scale"), {**words(Scale), **unsaid}, lambda mix: by_kind(mix, lambda kind: (kind.scale,))),
    ]


def words(choices: Any) -> dict[str, str]:
    return {value: str(word) for value, word in choices.choices}


def type_of(kind: Told) -> tuple[str]:
    known = {UnitType.ENTERPRISE: "enterprise", UnitType.SERVICE_BODY: "service_body"} | dict.fromkeys(LEARNED, "learned")
    return (known.get(kind.unit_type, "other"),)


def region_of(place: str) -> str:
    if place in BAY:
        return "bay"
    return "province" if place in regions.GUANGDONG else "special" if place in regions.SPECIAL else "elsewhere"


def by_kind(mix: Mix, of: Callable[[Told], tuple[str, ...]]) -> Counter[str]:
    """A unit at two positions on the chain counts at both."""
    found: Counter[str] = Counter()
    for kind, count in mix.kinds.items():
        for word in of(kind):
            found[word] += count
    return found


def by_place(mix: Mix, of: Callable[[str], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for place, count in mix.places.items():
        found[of(place)] += count
    return found


def parts(counts: Mapping[str, int], words: dict[str, str]) -> list[Part]:
    total, x, found = sum(counts.get(key, 0) for key in words), float(LEFT), []
    for tone, (key, word) in enumerate(words.items(), start=1):
        share = WHOLE * counts.get(key, 0) / total if total else 0.0
        width = ROOM * share / WHOLE
        found.append(Part(word, counts.get(key, 0), share, min(tone, 5), round(x, 1), round(max(width - 1.5, 0), 1)))
        x += width
    return found
