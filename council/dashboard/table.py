"""The table twin of the chamber: tier by direction, planned, filled, vacant, nominated, and how far a direction is from its members' share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.choices import Direction, Tier

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from council.dashboard.seats import Sitting

COUNTED = ("planned", "held", "vacant", "nominated")


def plan(rows: Iterable[Sitting], members: Counter[str]) -> list[dict[str, Any]]:
    """For each direction: by tier, in all, and its share of the filled seats less its share of the members, in percentage points."""
    rows = list(rows)
    placed = sum(not row.is_vacant for row in rows if row.seat.direction)
    known = sum(members[value] for value in Direction.values)
    table = []
    for value, label in Direction.choices:
        found = line(value, label, [row for row in rows if row.seat.direction == value])
        found["members"] = members[value]
        found["deviation"] = 100 * (found["total"]["held"] / placed - members[value] / known) if placed and known else None
        found["gap"] = signed(found["deviation"])
        table.append(found)
    return [*table, line("", _("No direction (chair)"), [row for row in rows if not row.seat.direction])]


def line(value: str, label: Any, rows: list[Sitting]) -> dict[str, Any]:
    return {
        "direction": value,
        "label": label,
        "tiers": [counted([row for row in rows if row.seat.tier == tier]) for tier in Tier],
        "total": counted(rows),
        "members": None,
        "deviation": None,
        "gap": signed(None),
    }


def signed(number: float | None, digits: int = 1) -> str:
    """With its sign, as it is printed."""
    return "–" if number is None else f"{number:+.{digits}f}".replace("-", "−").replace("+0.0", "0.0")


def counted(rows: list[Sitting]) -> dict[str, int]:
    """How many seats are planned, held and vacant, and how many stand for the vacant ones: a nomination is for a post, not for a seat."""
    vacant = [row for row in rows if row.is_vacant]
    posts = {(row.seat.tier, row.seat.direction): row.nominated for row in vacant}
    return {"planned": len(rows), "held": len(rows) - len(vacant), "vacant": len(vacant), "nominated": sum(posts.values())}


def totals(table: list[dict[str, Any]]) -> dict[str, Any]:
    """The table's foot."""
    tiers = [{key: sum(row["tiers"][n][key] for row in table) for key in COUNTED} for n in range(len(Tier))]
    return {"tiers": tiers, "total": {key: sum(row["total"][key] for row in table) for key in COUNTED}}
