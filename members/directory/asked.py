"""What a visitor asks of the directory: words, facets, order, view and page, all in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import regions
from members.choices import ChainPosition, Direction, Scale, Tier, UnitType
from members.models.listing import DIGIT, PLACES, Told, told
from members.spelling import folded

if TYPE_CHECKING:
    from django.http import QueryDict

GUANGDONG, ELSEWHERE = "440000", "000000"  # all of the province; all other provinces
GROUPS = {GUANGDONG: frozenset(regions.GUANGDONG), ELSEWHERE: frozenset(regions.PROVINCES)}
REGIONS = {**regions.REGIONS, GUANGDONG: _("All of Guangdong"), ELSEWHERE: _("Other provinces")}
LONGEST, LATEST_PAGE = 100, 10**6


@dataclass(frozen=True)
class Facet:
    """One way of narrowing down: several of its words mean any of them. `part` is what of a listing's mix says it; of region and post, none does."""

    name: str
    title: Any
    words: Mapping[str, Any]
    part: str = ""

    def of(self, told: Told) -> tuple[str, ...]:
        """Under which of its words a listing counts."""
        says = getattr(told, self.part)
        return says if isinstance(says, tuple) else (says,)


FACETS = (
    Facet("direction", _("main direction"), dict(Direction.choices), "main_direction"),
    Facet("type", _("type of unit"), dict(UnitType.choices), "unit_type"),
    Facet("region", _("region"), REGIONS),
    Facet("chain", _("position on the industry chain"), dict(ChainPosition.choices), "chain"),
    Facet("scale", _("scale of enterprises"), dict(Scale.choices), "scale"),
    Facet("post", _("post on the council"), {str(value): word for value, word in Tier.choices}),
)
MIXED = tuple(facet for facet in FACETS if facet.part)
BY_NAME = {facet.name: facet for facet in FACETS}
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "joined": (pgettext_lazy("order", "Longest members first"), ("admitted_on", "unit_id")),
    "newest": (pgettext_lazy("order", "Newest members first"), ("-admitted_on", "-unit_id")),
    "name": (pgettext_lazy("order", "By name (pinyin)"), ("sort_as", "unit_id")),
}
JOINED, CARDS, TABLE = "joined", "cards", "table"
VIEWS: dict[str, Any] = {CARDS: pgettext_lazy("view", "List"), TABLE: pgettext_lazy("view", "Table")}


def of_one(words: Mapping[str, Any], value: str | None, otherwise: str) -> str:
    return value if value in words else otherwise


@dataclass(frozen=True)
class Asked:
    """The question. What it cannot mean is left aside."""

    typed: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = JOINED
    view: str = CARDS
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        found = {facet.name: tuple(dict.fromkeys(one for one in query.getlist(facet.name) if one in facet.words)) for facet in FACETS}
        page = query.get("page", "")
        return cls(
            typed=query.get("q", "").replace("\x00", "")[:LONGEST].strip(),
            chosen={name: values for name, values in found.items() if values},
            sort=of_one(SORTS, query.get("sort"), JOINED),
            view=of_one(VIEWS, query.get("view"), CARDS),
            page=min(int(page), LATEST_PAGE) if page.isascii() and page.isdigit() and len(page) < len(str(LATEST_PAGE)) + 1 else 1,
        )

    @property
    def words(self) -> str:
        return folded(self.typed)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.typed or self.chosen)

    def misses(self, mix: int) -> list[str]:
        """The facets whose chosen words a listing of this mix does not have."""
        says = told(mix)
        return [facet.name for facet in MIXED if facet.name in self.chosen and not set(facet.of(says)) & set(self.chosen[facet.name])]

    @property
    def is_mixed(self) -> bool:
        """Whether anything is chosen that a mix says."""
        return any(facet.name in self.chosen for facet in MIXED)

    @cached_property
    def mixes(self) -> list[int]:
        """All mixes that have what is chosen."""
        return [sum(parts) for parts in product(*map(self.parts, MIXED))]

    def parts(self, facet: Facet) -> list[int]:
        """What a mix may hold in the place of one facet: whatever is chosen of it, or anything."""
        each = [digit * DIGIT ** PLACES[facet.part] for digit in range(DIGIT)]
        return [part for part in each if facet.name not in self.misses(part)]

    @property
    def places(self) -> list[int]:
        """All regions that are chosen, by themselves or in a group."""
        return sorted({int(each) for one in self.chosen.get("region", ()) for each in GROUPS.get(one, (one,))})

    @property
    def order(self) -> tuple[str, ...]:
        return SORTS[self.sort][1]

    # ── addresses of neighbouring questions ──

    def address(self, **changes: Any) -> str:
        """The query of the same question with something changed; always from its first page."""
        asked = replace(self, **{"page": 1} | changes)
        pairs: list[tuple[str, Any]] = [("q", asked.typed)] if asked.typed else []
        pairs += [(name, one) for name, values in asked.chosen.items() for one in values]
        pairs += [(name, value) for name, value, usual in (("sort", asked.sort, JOINED), ("view", asked.view, CARDS), ("page", asked.page, 1)) if value != usual]  # fmt: skip
        return f"?{urlencode(pairs)}"

    def with_only(self, name: str, value: str) -> str:
        """Of this facet, this word alone."""
        return self.address(chosen={**self.chosen, name: (value,)})

    def without(self, name: str, value: str = "") -> str:
        """Of this facet, all but this word; without a word, nothing of it."""
        left = tuple(one for one in self.chosen.get(name, ()) if value and one != value)
        return self.address(chosen={**{key: kept for key, kept in self.chosen.items() if key != name}, **({name: left} if left else {})})
