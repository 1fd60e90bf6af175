"""The shares of a believable provincial alliance: guesses of our own, in parts of a hundred or of their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from applications.choices import SeatWanted, State
from members.choices import Direction, ServiceKind, UnitType

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from random import Random

TYPES = {
    UnitType.ENTERPRISE: 62,
    UnitType.INSTITUTE: 11,
    UnitType.UNIVERSITY: 9,
    UnitType.SERVICE_BODY: 9,
    UnitType.PUBLIC_INSTITUTION: 4,
    UnitType.ALLIANCE: 5,
}
SERVICES = {ServiceKind.TECH_INTERMEDIARY: 4, ServiceKind.FINANCE: 2, ServiceKind.IP: 2, ServiceKind.MEDIA: 1}
DIRECTIONS = {Direction.ELECTRIC: 45, Direction.ICV: 22, Direction.HYDROGEN: 18, Direction.INFRASTRUCTURE: 15}
TILTS = {("440600", Direction.HYDROGEN): 2.0, ("440300", Direction.ICV): 1.3, ("440100", Direction.ELECTRIC): 1.2}
SEATS = {SeatWanted.MEMBER: 78, SeatWanted.DIRECTOR: 14, SeatWanted.VICE_CHAIR: 6, SeatWanted.CHAIR: 2}
RECOMMENDED, OPERATES = 0.35, 0.06  # of those who want a seat; of all

FIRST_INTAKE = 0.6  # of all units apply for the batch that is decided; the others are under way
RUNNING = {
    State.DRAFT: 12,
    State.SUBMITTED: 15,
    State.CORRECTION: 5,
    State.RESUBMITTED: 4,
    State.ACCEPTED: 14,
    State.SCREENED: 14,
    State.EXPERT_REVIEWED: 4,
    State.DELIBERATED: 8,
    State.PUBLICITY: 8,
    State.OBJECTION: 2,
    State.APPROVED: 2,
    State.ADMITTED: 6,
    State.REJECTED: 3,
    State.DEFERRED: 2,
    State.LAPSED: 1,
}
DECIDED = {State.ADMITTED: 90, State.REJECTED: 4, State.NOT_ACCEPTED: 2, State.LAPSED: 2, State.WITHDRAWN: 2}
LATE, RUSH = 0.05, 0.4  # come after the deadline; in its last three days


def apportion(shares: Mapping[Hashable, float], total: int) -> dict:
    """`total` split by `shares`, in whole numbers: the largest remainders are rounded up, the first of equals first."""
    whole = sum(shares.values())
    exact = {key: total * share / whole for key, share in shares.items()}
    counts = {key: int(value) for key, value in exact.items()}
    for key in sorted(exact, key=lambda key: counts[key] - exact[key])[: total - sum(counts.values())]:
        counts[key] += 1
    return counts


def at_least(counts: dict, least: Mapping[Hashable, int]) -> dict:
    """The same sum with no count below `least`: what is lacking is taken from where there is most to spare."""
    for key, wanted in least.items():
        while counts.get(key, 0) < wanted:
            richest = max(counts, key=lambda each: counts[each] - least.get(each, 0))
            counts[richest], counts[key] = counts[richest] - 1, counts.get(key, 0) + 1
    return counts


def dealt(counts: Mapping, rng: Random) -> list:
    """Every key as often as it counts, in random order."""
    cards = [key for key, count in counts.items() for _each in range(count)]
    rng.shuffle(cards)
    return cards
