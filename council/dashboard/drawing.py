"""The chamber, ready to be drawn: seats with their holders, or only how many there are where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from council.chamber import Chamber, chamber, point
from members.choices import Direction, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from council.dashboard.seats import Sitting

CLASSES = {Tier.CHAIR: "chair", Tier.VICE_CHAIR: "vice", Tier.DIRECTOR: "director"}
COLOURS = {"electric": "electric", "hydrogen": "hydrogen", "icv": "icv", "infrastructure": "infra", "": "free"}
HUB = 56  # radius left free around the chair
CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def drawing(rows: list[Sitting]) -> dict[str, Any]:
    """The chamber, ready to be drawn: sectors, corner labels and seats in reading order; units around (0, 0), y downwards."""
    waiting: dict[tuple[int, str], list[Sitting]] = {}
    for row in rows:
        waiting.setdefault((row.seat.tier, row.seat.direction), []).append(row)
    tiers = [{direction or None: len(mine) for (t, direction), mine in waiting.items() if t == tier} for tier in Tier]
    seated = chamber(tiers, tuple(Direction.values))
    order = list(Tier)
    places = [
        placed(place, waiting[order[place.tier], place.direction or ""][place.index])
        for place in sorted(seated.places, key=lambda p: (p.tier, order_of(p.direction), p.index))
    ]
    box = round(seated.radius + 22)
    return {
        "box": f"{-box} {-box} {2 * box} {2 * box}",
        "sectors": [sector(d, span, seated.radius) for d, span in seated.sectors.items()],
        "corners": [corner(d, signs, box, rows) for d, signs in zip(Direction.values, CORNERS, strict=True) if d in seated.sectors],
        "seats": places,
        "colours": list(COLOURS.values()),
    }


def order_of(direction: str | None) -> int:
    return Direction.values.index(direction) if direction else -1


def placed(place: Any, row: Sitting) -> dict[str, Any]:
    return {
        "row": row,
        "x": place.x,
        "y": place.y,
        "r": place.r,
        "focus": place.r + 8,
        "inner": place.r - 5,
        "tag_x": round(place.x + 0.72 * place.r, 1),
        "tag_y": round(place.y - 0.72 * place.r, 1),
        "halo": place.r + 6 if row.seat.tier == Tier.CHAIR else None,
        "tier": CLASSES[Tier(row.seat.tier)],
        "colour": COLOURS[row.seat.direction],
    }


def sector(direction: str | None, span: tuple[float, float], radius: float) -> dict[str, str]:
    """A direction's wedge and its rim, as SVG paths."""
    first, last = span
    big = int(last - first > 180)
    outer, (x0, y0), (x1, y1) = radius - 4, point(radius - 4, first), point(radius - 4, last)
    (x2, y2), (x3, y3) = point(HUB, last), point(HUB, first)
    (rx0, ry0), (rx1, ry1) = point(radius, first), point(radius, last)
    return {
        "colour": COLOURS[direction or ""],
        "wedge": f"M{x0} {y0}A{outer} {outer} 0 {big} 1 {x1} {y1}L{x2} {y2}A{HUB} {HUB} 0 {big} 0 {x3} {y3}Z",
        "rim": f"M{rx0} {ry0}A{radius} {radius} 0 {big} 1 {rx1} {ry1}",
    }


def corner(direction: str, signs: tuple[int, int], box: int, rows: list[Sitting]) -> dict[str, Any]:
    """A direction's name in its corner, with how many seats it has and how many are vacant."""
    across, down = signs
    mine = [row for row in rows if row.seat.direction == direction]
    x, y = across * (box - 2), (-box + 24 if down < 0 else box - 38)
    return {
        "colour": COLOURS[direction],
        "label": Direction(direction).label,
        "glyph_x": x if across < 0 else x - 26,
        "glyph_y": y - 8,
        "text_x": x + 33 if across < 0 else x - 33,
        "anchor": "start" if across < 0 else "end",
        "name_y": y + 4,
        "count_y": y + 24,
        "seats": len(mine),
        "vacant": sum(row.is_vacant for row in mine),
    }


# ── only numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def sketch(plan: Mapping[tuple[int, str], int], moved: Mapping[tuple[int, str], int] | None = None) -> dict[str, Any]:
    """A plan without names: of each post the last `moved` seats are marked as come from elsewhere."""
    seated = seated_as(plan)
    order, came = list(Tier), moved or {}
    places = []
    for place in seated.places:
        post = (int(order[place.tier]), place.direction or "")
        is_moved = place.index >= plan[post] - came.get(post, 0)
        colour, tier = COLOURS[place.direction or ""], CLASSES[order[place.tier]]
        places.append({"x": place.x, "y": place.y, "r": place.r, "tier": tier, "colour": colour, "is_moved": is_moved})
    box = round(seated.radius + 6)
    return {
        "box": f"{-box} {-box} {2 * box} {2 * box}",
        "sectors": [sector(d, span, seated.radius) for d, span in seated.sectors.items()],
        "seats": places,
    }


def seated_as(plan: Mapping[tuple[int, str], int]) -> Chamber:
    tiers = [{direction or None: seats for (t, direction), seats in plan.items() if t == tier and seats} for tier in Tier]
    return chamber(tiers, tuple(Direction.values))
