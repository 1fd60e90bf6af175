"""From tallies to names: who is elected, and where votes are tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Outcome:
    """The elected, by votes; those tied at the edge of the last seat, who need a run-off; and how many seats stay open."""

    elected: tuple[int, ...]
    tied: tuple[int, ...]
    unfilled: int


def outcome(seats: int, votes: Mapping[int, int], least: int) -> Outcome:
    """Elect by votes for.

    `votes` maps a candidate's key to the votes for them, `least` is the number that suffices. Of those who reach it, the
    strongest take the seats; where several with equal votes reach for fewer seats than they are, none of them is elected
    and all are tied: a tie is shown, never settled silently. The order in which ballots or candidates came plays no part.
    """
    passed = {candidate: count for candidate, count in votes.items() if count >= least}
    elected: list[int] = []
    for count in sorted(set(passed.values()), reverse=True):
        level = sorted(candidate for candidate, mine in passed.items() if mine == count)
        if len(elected) + len(level) > seats:
            tied = tuple(level) if len(elected) < seats else ()
            return Outcome(tuple(elected), tied, seats - len(elected))
        elected += level
    return Outcome(tuple(elected), (), seats - len(elected))
