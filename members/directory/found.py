"""What the directory finds: how many under each word, in one question to the database; and one page of units, however deep."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import BigAutoField, Count

from alliance import clock
from members.directory.asked import BY_NAME, FACETS, GROUPS, MIXED, Asked
from members.models import Listing, MemberUnit
from members.models.listing import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.core.paginator import Page

A_PAGE, FEW = 20, 500
MIX, REGION, POST = "mix", "region", "post"
HOW_MANY = Count("pk", output_field=BigAutoField())  # as the database says it: an IntegerField looks at each of ten thousand once more


@dataclass(frozen=True)
class Word:
    """One word of a facet with how many are found under it, and whether it is chosen."""

    value: str
    word: Any
    count: int
    is_chosen: bool


@dataclass
class Found:
    """The answer to a question."""

    asked: Asked
    total: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    loosened: Counter[str] = field(default_factory=Counter)  # how many more would be found without this facet

    @cached_property
    def posts(self) -> dict[int, Any]:
        """Who sits on the council today, by unit."""
        return MemberUnit.objects.posts_held(clock.today())

    def listings(self, *, but: Iterable[str] = ()) -> Any:
        """Those that hold the words and what is chosen, leaving aside these: the mix, the region or the post."""
        rows, chosen = Listing.objects.running().found_by(self.asked.words), self.asked.chosen
        if MIX not in but and self.asked.is_mixed:
            rows = rows.filter(mix__in=self.asked.mixes)
        if REGION not in but and REGION in chosen:
            rows = rows.filter(place__in=self.asked.places)
        if POST not in but and POST in chosen:
            rows = rows.filter(unit__in=[unit for unit, held in self.posts.items() if str(held.seat.tier) in chosen[POST]])
        return rows.order_by()

    # ── how many ──

    def count(self) -> Found:
        """Each facet is counted under all others: choosing a word does not take its neighbours away."""
        wanted, places, fits = set(self.asked.places), Counter[int](), self.asked.is_mixed and {*self.asked.mixes}
        mixes: Counter[int] = Counter()
        for mix, place, n in self.numbers():
            if not wanted or place in wanted:
                mixes[mix] += n
            if not fits or mix in fits:
                places[place] += n
        self.counts[REGION].update({f"{place:06d}": n for place, n in places.items()})
        for mix, n in mixes.items():
            self.count_mix(mix, n)
        for unit in self.listings(but=[POST]).filter(unit__in=list(self.posts)).values_list("pk", flat=True):
            self.counts[POST][str(self.posts[unit].seat.tier)] += 1
        return self

    def numbers(self) -> Iterable[tuple[int, int, int]]:
        """Of each mix at each place, how many the words find: a line each where that is few."""
        if self.few is not None:
            return ((mix, place, 1) for mix, place, _name, _key in self.few)
        return self.listings(but=[MIX, REGION]).values_list("mix", "place").annotate(n=HOW_MANY)

    @cached_property
    def few(self) -> list[tuple[int, int, Any, int]] | None:
        """What the words find, where that is few: looked through once, counted and put in order here. None where it is many, or nothing is typed."""
        if not self.asked.words:
            return None
        rows = list(self.listings(but=[MIX, REGION]).values_list("mix", "place", *self.ordered_by)[: FEW + 1])
        return rows if len(rows) <= FEW else None

    def count_mix(self, mix: int, n: int) -> None:
        says, misses = told(mix), self.asked.misses(mix)
        if not misses:
            self.total += n
        elif len(misses) == 1:
            self.loosened[misses[0]] += n
        for facet in MIXED:
            if not misses or misses == [facet.name]:
                self.counts[facet.name].update(dict.fromkeys(facet.of(says), n))

    @cached_property
    def by_word(self) -> Mapping[str, Counter[str]]:
        """The same, with the groups of regions."""
        regions = self.counts[REGION]
        groups = {group: sum(regions[each] for each in members) for group, members in GROUPS.items()}
        return {**self.counts, REGION: Counter({**regions, **groups}), POST: self.counts[POST]}

    @property
    def facets(self) -> list[tuple[Any, list[Word]]]:
        """For the page: what nobody is found under is left out, but for what is chosen."""
        shown = []
        for facet in FACETS:
            counts, chosen = self.by_word.get(facet.name, Counter()), self.asked.chosen.get(facet.name, ())
            words = [
                Word(value, word, counts[value], value in chosen) for value, word in facet.words.items() if counts[value] or value in chosen
            ]
            if facet.name == REGION:
                words.sort(key=lambda word: -word.count)
            if words:
                shown.append((facet, words))
        return shown

    @property
    def chips(self) -> list[tuple[Any, Any, str]]:
        """What is chosen: its facet, its word, and the address without it."""
        chosen = self.asked.chosen.items()
        return [(BY_NAME[name].title, BY_NAME[name].words[one], self.asked.without(name, one)) for name, values in chosen for one in values]

    @property
    def ways_out(self) -> list[tuple[Any, int, str]]:
        """Where nothing is found: which facet to leave aside, and how many are then found."""
        freed = Counter(self.loosened)
        freed.update({name: self.listings(but=[name]).count() for name in (REGION, POST) if name in self.asked.chosen})
        return [(BY_NAME[name].title, n, self.asked.without(name)) for name, n in freed.most_common() if n]

    # ── which ──

    @cached_property
    def page(self) -> Page:
        return Counted(self, A_PAGE).get_page(self.asked.page)

    @property
    def ordered_by(self) -> list[str]:
        """The name and the key by which they are put in order, whichever way round."""
        return [each.removeprefix("-") for each in self.asked.order]

    def rows(self, first: int, last: int) -> list[Listing]:
        keys = self.in_order()[first:last] if self.total <= FEW else self.nearer(first, last)
        rows = Listing.objects.select_related("unit__organisation").in_bulk(keys)
        return [self.with_post(rows[key]) for key in keys]

    def in_order(self) -> list[int]:
        """Few are put in order here: asked for them in order, the database would walk past all others."""
        places = set(self.asked.places)
        if self.few is None:
            found = list(self.listings().values_list(*self.ordered_by))
        else:
            found = [(name, key) for mix, place, name, key in self.few if not self.asked.misses(mix) and (not places or place in places)]
        return [key for _name, key in sorted(found, reverse=self.asked.order[0].startswith("-"))]

    def nearer(self, first: int, last: int) -> list[int]:
        """From the nearer end: the last page costs what the first does."""
        order, keys = self.asked.order, self.listings().values_list("pk", flat=True)
        if first <= self.total // 2:
            return list(keys.order_by(*order)[first:last])
        return list(keys.order_by(*turned(order))[self.total - last : self.total - first])[::-1]

    def with_post(self, row: Listing) -> Listing:
        row.seat = held.seat if (held := self.posts.get(row.pk)) else None
        return row


def turned(order: tuple[str, ...]) -> list[str]:
    return [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order]


class Counted(Paginator):
    """The pages of what is found; how many there are is known already."""

    def __init__(self, found: Found, per_page: int) -> None:
        super().__init__((), per_page)
        self.found = found

    @cached_property
    def count(self) -> int:
        return self.found.total

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(self.found.rows(first, min(first + self.per_page, self.count)), number, self)
