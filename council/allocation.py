"""Which seats a council has, and how many where: 1 + 8 + 16 over four directions.

The notice (粤科函产字〔2020〕864号) fixes 1 chair unit, 8 vice-chair units and 16 director units, and the four directions; it
does not say how they divide. Three ways to divide them are worked out here, in whole numbers and fractions only. What a
direction is guaranteed it has, a cap is never passed, and where directions tie for the last seats, the tie is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from council.choices import Division
from members.choices import Direction, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEATS = {Tier.CHAIR: 1, Tier.VICE_CHAIR: 8, Tier.DIRECTOR: 16}


def plan() -> list[tuple[Tier, str]]:
    """The seats of a term at its opening, in their order, as (tier, direction): the chair has no direction, all others divide evenly."""
    seats: list[tuple[Tier, str]] = [(Tier.CHAIR, "")]
    for tier in (Tier.VICE_CHAIR, Tier.DIRECTOR):
        for direction, count in evenly(SEATS[tier], Direction.values).items():
            seats += [(tier, direction)] * count
    return seats


def evenly(seats: int, directions: list[str]) -> dict[str, int]:
    """As many for each direction; raises ValueError where they do not divide evenly, rather than favour one silently."""
    share, rest = divmod(seats, len(directions))
    if rest:
        message = f"{seats} seats do not divide evenly over {len(directions)} directions"
        raise ValueError(message)
    return dict.fromkeys(directions, share)


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Claim:
    """A direction as it comes to the division: its members, the seats it is guaranteed, and the most it may have."""

    key: str
    count: int
    guarantee: int = 0
    cap: int | None = None


class Unfillable(ValueError):  # noqa: N818 — a fact, as Refused is
    """No division fits: `reason` says why, `figure` which number stands against the seats, `key` whose claim is at fault."""

    def __init__(self, reason: Literal["guarantees", "caps", "crossed", "nobody", "negative"], figure: int = 0, key: str = "") -> None:
        super().__init__(f"{reason}: {figure} {key}".strip())
        self.reason, self.figure, self.key = reason, figure, key


# ── what is answered ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Line:
    """How one direction came to its seats. `quota` and `remainder` are those of the largest remainder alone.

    `whole` are the seats before any extra one: the quota rounded down, or else the guarantee.
    """

    key: str
    count: int
    guarantee: int
    cap: int | None
    quota: Fraction | None
    whole: int
    extra: int
    tied: bool

    @property
    def remainder(self) -> Fraction | None:
        return None if self.quota is None else self.quota - self.whole

    @property
    def seats(self) -> int:
        """Those beyond doubt; what it ties for is not among them."""
        return self.whole + self.extra


@dataclass(frozen=True)
class Turn:
    """One round of a division that hands out seat after seat: all who share the highest quotient, and whether there was a seat for each."""

    quotient: Fraction
    takers: tuple[str, ...]
    first: int  # which of the tier's seats, from 1
    seats: int

    @property
    def is_tie(self) -> bool:
        return self.seats < len(self.takers)


@dataclass(frozen=True)
class Tie:
    """Directions with the same claim to fewer seats than they are: nobody has them until somebody decides."""

    among: tuple[str, ...]
    seats: int


@dataclass(frozen=True)
class Allocation:
    method: Division
    seats: int
    lines: tuple[Line, ...]
    turns: tuple[Turn, ...] = ()
    tie: Tie | None = None

    @property
    def given(self) -> dict[str, int]:
        """What each direction has beyond doubt."""
        return {line.key: line.seats for line in self.lines}


# ── the division ─────────────────────────────────────────────────────────────────────────────────────────────────────


def allocate(method: Division, seats: int, claims: Sequence[Claim]) -> Allocation:
    """Divide `seats` by `method`; raises Unfillable where guarantees and caps leave no way."""
    if method == Division.LARGEST_REMAINDER:
        return by_remainder(seats, claims)
    return by_turns(method, seats, claims)


def quotient(method: Division, claim: Claim, held: int) -> Fraction:
    """What a direction with `held` seats puts forward for one more: its members by 1, 3, 5 and so on; all being equal, 1 by 1, 2, 3."""
    return Fraction(claim.count, 2 * held + 1) if method == Division.SAINTE_LAGUE else Fraction(1, held + 1)


def by_turns(method: Division, seats: int, claims: Sequence[Claim]) -> Allocation:
    """From the guarantees on, each further seat goes to the highest quotient among those below their caps."""
    check(seats, claims, by_members=method == Division.SAINTE_LAGUE)
    held = {claim.key: claim.guarantee for claim in claims}
    turns: list[Turn] = []
    while (left := seats - sum(held.values())) > 0:
        open_to = {claim.key: quotient(method, claim, held[claim.key]) for claim in claims if has_room(claim, held[claim.key])}
        best = max(open_to.values())
        takers = tuple(key for key, value in open_to.items() if value == best)
        turns.append(Turn(best, takers, seats - left + 1, min(left, len(takers))))
        if turns[-1].is_tie:
            break
        for key in takers:
            held[key] += 1
    tie = Tie(turns[-1].takers, turns[-1].seats) if turns and turns[-1].is_tie else None
    lines = (line(claim, None, claim.guarantee, held[claim.key] - claim.guarantee, tie) for claim in claims)
    return Allocation(method, seats, tuple(lines), tuple(turns), tie)


def by_remainder(seats: int, claims: Sequence[Claim]) -> Allocation:
    """Hare: everybody's quota rounded down, and one extra seat each to the largest remainders."""
    check(seats, claims, by_members=True)
    quotas = quotas_of(seats, claims)
    whole = {key: quota.numerator // quota.denominator for key, quota in quotas.items()}
    left = seats - sum(whole.values())
    rest = {key: quotas[key] - whole[key] for key in quotas}
    edge = sorted(rest.values(), reverse=True)[left - 1] if left else Fraction(1)
    ahead = {key for key, remainder in rest.items() if remainder > edge}
    at_edge = tuple(key for key, remainder in rest.items() if remainder == edge)
    tie = Tie(at_edge, left - len(ahead)) if left and len(at_edge) > left - len(ahead) else None
    extra = ahead if tie or not left else ahead | set(at_edge)
    lines = (line(claim, quotas[claim.key], whole[claim.key], int(claim.key in extra), tie) for claim in claims)
    return Allocation(Division.LARGEST_REMAINDER, seats, tuple(lines), tie=tie)


def quotas_of(seats: int, claims: Sequence[Claim]) -> dict[str, Fraction]:
    """Everybody's share in proportion to their members, held to guarantee and cap, such that all shares add up to the seats.

    There is one rate of seats a member at which they do: shares grow with the rate, and between two rates at which somebody
    reaches a bound they grow evenly.
    """
    counted = [claim for claim in claims if claim.count]
    rates = {Fraction(claim.guarantee, claim.count) for claim in counted}
    rates |= {Fraction(most(claim, seats), claim.count) for claim in counted}
    low = max((rate for rate in rates if total(claims, rate, seats) <= seats), default=Fraction(0))
    missing = seats - total(claims, low, seats)
    growing = sum(claim.count for claim in counted if claim.guarantee <= low * claim.count < most(claim, seats))
    rate = low + missing / growing if missing else low
    return {claim.key: share(claim, rate, seats) for claim in claims}


def total(claims: Iterable[Claim], rate: Fraction, seats: int) -> Fraction:
    return sum((share(claim, rate, seats) for claim in claims), Fraction(0))


def share(claim: Claim, rate: Fraction, seats: int) -> Fraction:
    return max(Fraction(claim.guarantee), min(rate * claim.count, Fraction(most(claim, seats))))


def most(claim: Claim, seats: int) -> int:
    """Its cap, or all the seats there are."""
    return seats if claim.cap is None else min(claim.cap, seats)


def has_room(claim: Claim, held: int) -> bool:
    return claim.cap is None or held < claim.cap


def line(claim: Claim, quota: Fraction | None, whole: int, extra: int, tie: Tie | None) -> Line:
    is_tied = tie is not None and claim.key in tie.among
    return Line(claim.key, claim.count, claim.guarantee, claim.cap, quota, whole, extra, is_tied)


def check(seats: int, claims: Sequence[Claim], *, by_members: bool) -> None:
    """Whether the seats can be filled at all: a direction without members has what it is guaranteed, and nothing by proportion."""
    for claim in claims:
        if min(claim.count, claim.guarantee, claim.cap or 0) < 0:
            raise Unfillable("negative", key=claim.key)
        if claim.cap is not None and claim.cap < claim.guarantee:
            raise Unfillable("crossed", claim.guarantee, claim.key)
    if (least := sum(claim.guarantee for claim in claims)) > seats:
        raise Unfillable("guarantees", least)
    counts = [claim for claim in claims if claim.count or not by_members]
    if not counts and least < seats:
        raise Unfillable("nobody", least)
    room = sum(most(claim, seats) if claim in counts else claim.guarantee for claim in claims)
    if room < seats:
        raise Unfillable("caps", room)
