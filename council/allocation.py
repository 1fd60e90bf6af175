"""Which seats a council has, and how many where: 1 + 8 + 16 over four directions.

The notice (粤科函产字〔2020〕864号) fixes 1 chair unit, 8 vice-chair units and 16 director units, and the four directions; it
does not say how they divide. The even split is arithmetic, and each planned seat can be moved to another direction.
"""

from __future__ import annotations

from members.choices import Direction, Tier

SEATS = {Tier.CHAIR: 1, Tier.VICE_CHAIR: 8, Tier.DIRECTOR: 16}


def equal(seats: int, directions: list[str]) -> dict[str, int]:
    """As many for each direction; raises ValueError where they do not divide evenly, rather than favour one silently."""
    share, rest = divmod(seats, len(directions))
    if rest:
        message = f"{seats} seats do not divide evenly over {len(directions)} directions"
        raise ValueError(message)
    return dict.fromkeys(directions, share)


def plan() -> list[tuple[Tier, str]]:
    """The seats of a term in their order, as (tier, direction); the chair has no direction."""
    seats: list[tuple[Tier, str]] = [(Tier.CHAIR, "")]
    for tier in (Tier.VICE_CHAIR, Tier.DIRECTOR):
        for direction, count in equal(SEATS[tier], Direction.values).items():
            seats += [(tier, direction)] * count
    return seats
