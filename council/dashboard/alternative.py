"""The plan in force beside one alternative: nothing is kept, the same conditions give the same answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from council.allocation import Allocation, Claim, Unfillable, allocate
from council.choices import Division
from council.dashboard.drawing import sketch
from council.dashboard.table import signed
from members.choices import Direction, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping

Post = tuple[int, str]


@dataclass(frozen=True)
class Asked:
    """How one tier's seats would be divided, and by what."""

    method: Division
    tier: int
    counts: Mapping[str, int]
    guarantees: Mapping[str, int]
    caps: Mapping[str, int | None]

    @property
    def claims(self) -> list[Claim]:
        return [Claim(d, self.counts[d], self.guarantees[d], self.caps[d]) for d in Direction.values]

    def divide(self, seats: int) -> Allocation:
        return allocate(self.method, seats, self.claims)


USUAL_GUARANTEE = 2  # seats of each direction, where nothing else is asked


def usual(counts: Mapping[str, int]) -> Asked:
    """What stands beside the plan where nobody has asked for anything: directors by Sainte-Laguë, with a guarantee for each direction."""
    every = Direction.values
    return Asked(Division.SAINTE_LAGUE, Tier.DIRECTOR, counts, dict.fromkeys(every, USUAL_GUARANTEE), dict.fromkeys(every))


@dataclass(frozen=True)
class Row:
    """A direction in both plans."""

    direction: str
    members: int
    now: int
    then: int
    tied: bool

    @property
    def change(self) -> int:
        return self.then - self.now

    @property
    def gap(self) -> str:
        return signed(self.change, 0) if self.change else "0"


@dataclass(frozen=True)
class Other:
    """The same question by another method: its answer, or why there is none."""

    method: Division
    rows: list[Row]
    tie: str


@dataclass(frozen=True)
class Alternative:
    asked: Asked
    plan: Counter[Post]
    allocation: Allocation

    @property
    def tier(self) -> str:
        return str(Tier(self.asked.tier).label)

    @property
    def rows(self) -> list[Row]:
        return rows_of(self.allocation, self.asked, self.plan)

    @property
    def tie(self) -> str:
        return tie_in_words(self.allocation)

    @property
    def moved(self) -> str:
        """Which seats move, in one line: who gives, who gets."""
        gives = [f"{Direction(row.direction).label} {row.gap}" for row in self.rows if row.change < 0]
        gets = [f"{Direction(row.direction).label} {row.gap}" for row in self.rows if row.change > 0]
        open_ = [_("undecided +%(seats)d") % {"seats": self.allocation.tie.seats}] if self.allocation.tie else []
        between = pgettext("list", ", ")
        return f"{between.join(gives)} → {between.join([*gets, *open_])}" if gives or gets or open_ else ""

    @property
    def then(self) -> Counter[Post]:
        """The other plan; seats for which directions tie stand apart, without a direction."""
        found = Counter({post: seats for post, seats in self.plan.items() if post[0] != self.asked.tier})
        found |= Counter({(self.asked.tier, d): seats for d, seats in self.allocation.given.items()})
        if self.allocation.tie:
            found[self.asked.tier, ""] = self.allocation.tie.seats
        return found

    @property
    def drawn_now(self) -> dict[str, Any]:
        return sketch(self.plan)

    @property
    def drawn_then(self) -> dict[str, Any]:
        come = {(self.asked.tier, row.direction): row.change for row in self.rows if row.change > 0}
        if self.allocation.tie:
            come[self.asked.tier, ""] = self.allocation.tie.seats
        return sketch(self.then, come)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The largest remainder, step by step: quota, rounded down, remainder, extra seat."""
        return [
            {"line": line, "quota": mixed(line.quota), "remainder": mixed(line.remainder)}
            for line in self.allocation.lines
            if line.quota is not None
        ]

    @property
    def turns(self) -> list[dict[str, Any]]:
        """Seat after seat: the highest quotient and who has it."""
        return [
            {
                "turn": turn,
                "last": turn.first + turn.seats - 1,
                "quotient": mixed(turn.quotient),
                "takers": [{"key": key, "by": self.worked_out(key, turn.quotient)} for key in turn.takers],
            }
            for turn in self.allocation.turns
        ]

    def worked_out(self, key: str, quotient: Fraction) -> str:
        """Members by the divisor that gave the quotient."""
        if self.asked.method != Division.SAINTE_LAGUE:
            return ""
        return f"{self.asked.counts[key]} ÷ {self.asked.counts[key] / quotient}"

    @property
    def others(self) -> list[Other]:
        """The same by the other methods."""
        found = []
        for method in Division:
            if method == self.asked.method:
                continue
            asked = replace(self.asked, method=method)
            try:
                allocation = asked.divide(self.allocation.seats)
            except Unfillable:
                found.append(Other(method, [], ""))
            else:
                found.append(Other(method, rows_of(allocation, asked, self.plan), tie_in_words(allocation)))
        return found


def alternative(plan: Counter[Post], asked: Asked) -> Alternative:
    """Raises Unfillable where no division fits."""
    return Alternative(asked, plan, asked.divide(seats_of(plan, asked.tier)))


def seats_of(plan: Mapping[Post, int], tier: int) -> int:
    return sum(seats for (t, _direction), seats in plan.items() if t == tier)


def rows_of(allocation: Allocation, asked: Asked, plan: Counter[Post]) -> list[Row]:
    return [Row(e.key, asked.counts[e.key], plan[asked.tier, e.key], e.seats, e.tied) for e in allocation.lines]


def tie_in_words(allocation: Allocation) -> str:
    if allocation.tie is None:
        return ""
    among = pgettext("list", ", ").join(str(Direction(key).label) for key in allocation.tie.among)
    return _("Tied for %(seats)d more: %(among)s. Nobody is given it here; it has to be decided.") % {
        "seats": allocation.tie.seats,
        "among": among,
    }


def mixed(number: Fraction | None) -> str:
    """As one writes it: 10 2/19."""
    if number is None:
        return ""
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/{number.denominator}" if whole else f"{rest}/{number.denominator}"
