"""Which expert reviews which application: as many as are wanted, loads as equal as can be, directions matched; exactly, and the same for the same seed.

A minimum-cost flow by shortest augmenting paths. A place is given to an application by a chain: it takes an expert, whose
application moves on to another one, and so on. The chain ends at the expert with the smallest load that can be reached, and of
the chains that end so, the cheapest is taken: that keeps the whole optimal after every place (Ford and Fulkerson; Busacker
and Gowen). Experts are few, so sets of them are the bits of a number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    Key = Hashable

COSTS = (0, 1, 2)  # of a pair: the main direction is the expert's, a related one is, none is
MOVES = range(-max(COSTS), max(COSTS) + 1)  # what it may cost to give a place from one expert to another


@dataclass
class Wish:
    """One application: how many experts it still lacks, and who may be one of them at which cost. Whoever conflicts is not in it."""

    key: Key
    lacks: int
    costs: Mapping[Key, int]


@dataclass
class Matched:
    """Who reviews what, and how many places could not be filled."""

    pairs: dict[Key, list[Key]] = field(default_factory=dict)
    short: Counter[Key] = field(default_factory=Counter)
    loads: Counter[Key] = field(default_factory=Counter)


def match(wishes: Iterable[Wish], loads: Mapping[Key, int], caps: Mapping[Key, int | None], *, seed: int = 0) -> Matched:
    """Fill as many places as can be filled; of the ways to do so the one with the most equal loads, and of these the cheapest.

    Where there are too few experts, everybody gets a first before anybody a second, and the lot says who goes without. `loads` are the places that each expert has already, `caps` how many each takes at most (None: any number).
    """
    rng, wishes = Random(seed), sorted(wishes, key=lambda wish: str(wish.key))  # noqa: S311 — a lot that can be drawn again
    rng.shuffle(wishes)
    experts = sorted(loads, key=str)
    rng.shuffle(experts)
    table = Table(wishes, experts, [loads[each] for each in experts], [caps.get(each) for each in experts])
    short: Counter[Key] = Counter()
    for place in range(max((wish.lacks for wish in wishes), default=0)):  # everybody's first place before anybody's second
        for row, wish in enumerate(wishes):
            if wish.lacks > place and not table.give(row):
                short[wish.key] += 1
    pairs = {wish.key: [experts[e] for e in bits(table.has[row])] for row, wish in enumerate(wishes)}
    return Matched(pairs, short, Counter(dict(zip(experts, table.loads, strict=True))))


class Table:
    """Who has what, by rows of applications and bits of experts; and for each expert to whom one of their places could move, at which cost."""

    def __init__(self, wishes: list[Wish], experts: list[Key], loads: list[int], caps: list[int | None]) -> None:
        places = {expert: e for e, expert in enumerate(experts)}
        self.count, self.loads = len(experts), loads
        self.caps = [cap if cap is not None else sum(loads) + sum(wish.lacks for wish in wishes) for cap in caps]
        self.costs = [{places[expert]: cost for expert, cost in wish.costs.items()} for wish in wishes]
        self.may = [sum(1 << e for e in costs) for costs in self.costs]
        self.at = [[sum(1 << e for e, cost in costs.items() if cost == value) for value in COSTS] for costs in self.costs]
        self.has = [0] * len(wishes)
        self.rows: list[dict[int, None]] = [{} for _ in experts]  # an expert's applications, in the order they came
        self.ways = [[[0] * self.count for _ in MOVES] for _ in experts]  # how many places could move, from whom, at which cost, to whom
        self.open = [[0] * len(MOVES) for _ in experts]  # the same as bits: to whom at least one could

    def give(self, row: int) -> bool:
        """One place more for an application, along the best chain; False where there is none, and there never will be."""
        reached = self.reach(row)
        free = [e for e in reached.far if self.loads[e] < self.caps[e]]
        if not free:
            return False
        end = min(free, key=lambda e: (self.loads[e], reached.far[e]))
        self.loads[end] += 1
        while (before := reached.came[end]) is not None:
            self.move(before[0], end, before[1])
            end = before[0]
        self.change(row, add=1 << end)
        return True

    def reach(self, row: int) -> Reach:
        """How cheaply each expert is reached from an application, and along which chain."""
        reached = Reach()
        for cost in COSTS:
            reached.come(self.at[row][cost] & ~self.has[row], cost, None)
        for e in reached.queue:  # it grows while it is read
            for step, there in zip(MOVES, self.open[e], strict=True):
                if there and (better := reached.beyond(there, reached.far[e] + step)):
                    reached.come(better, reached.far[e] + step, (e, step))
        return reached

    def move(self, giver: int, taker: int, step: int) -> None:
        """One of the giver's applications goes to the taker, at this cost: the first that can."""
        able = (row for row in self.rows[giver] if self.could(row, taker) and self.costs[row][taker] - self.costs[row][giver] == step)
        self.change(next(able), add=1 << taker, take=1 << giver)

    def could(self, row: int, taker: int) -> bool:
        """Whether an application could have this expert, and has not."""
        return bool(self.may[row] & ~self.has[row] & 1 << taker)

    def change(self, row: int, *, add: int, take: int = 0) -> None:
        """Write down who has an application now, and who could have it instead."""
        self.count_ways(row, -1)
        self.has[row] = self.has[row] & ~take | add
        for e in bits(take):
            del self.rows[e][row]
        for e in bits(add):
            self.rows[e][row] = None
        self.count_ways(row, 1)

    def count_ways(self, row: int, sign: int) -> None:
        costs, others = self.costs[row], bits(self.may[row] & ~self.has[row])
        for e in bits(self.has[row]):
            ways, open_, own = self.ways[e], self.open[e], costs[e] - max(COSTS)
            for f in others:
                place = costs[f] - own
                ways[place][f] += sign
                if ways[place][f] == (sign > 0):  # the first came, or the last went
                    open_[place] ^= 1 << f


class Reach:
    """Who is reached, how cheaply, and from whom at which cost (None: at once)."""

    def __init__(self) -> None:
        self.far: dict[int, int] = {}
        self.came: dict[int, tuple[int, int] | None] = {}
        self.queue: list[int] = []
        self.rings: dict[int, int] = {}  # who is reached for exactly so much
        self.within: dict[int, int] = {}  # and for so much or less, as long as nobody comes in

    def come(self, experts: int, cost: int, way: tuple[int, int] | None) -> None:
        """These are reached for this cost, and for no more than it until now."""
        for ring in self.rings:
            self.rings[ring] &= ~experts
        self.rings[cost] = self.rings.get(cost, 0) | experts
        self.within.clear()
        for e in bits(experts):
            self.far[e], self.came[e] = cost, way
            self.queue.append(e)

    def beyond(self, experts: int, cost: int) -> int:
        """Those of them that have not been reached so cheaply."""
        if cost not in self.within:
            self.within[cost] = sum(ring for value, ring in self.rings.items() if value <= cost)
        return experts & ~self.within[cost]


def bits(number: int) -> list[int]:
    """The places of the ones."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found
