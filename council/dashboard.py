"""The figures and the drawing behind the allocation page: a constant number of queries, no writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from council.chamber import chamber, point
from members.choices import Direction, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from council.models import Seat, UnitTenure
    from members.models import Term

CLASSES = {Tier.CHAIR: "chair", Tier.VICE_CHAIR: "vice", Tier.DIRECTOR: "director"}
COLOURS = {"electric": "electric", "hydrogen": "hydrogen", "icv": "icv", "infrastructure": "infra", "": "free"}
COUNTED = ("planned", "held", "vacant")
LATIN = 4  # letters take the room of two characters
HUB = 56  # radius left free around the chair
CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


@dataclass(frozen=True)
class Sitting:
    """A seat and who holds it on the day that is looked at; both None where it is vacant."""

    seat: Seat
    tenure: UnitTenure | None

    @property
    def is_vacant(self) -> bool:
        return self.tenure is None

    @property
    def organisation(self) -> Any:
        return self.tenure and self.tenure.unit.organisation

    @property
    def person(self) -> str:
        return next((p.representative.name for p in self.tenure.in_person), "") if self.tenure else ""

    @property
    def label(self) -> str:
        """The seat in one sentence, for those who do not see the drawing."""
        post = (
            f"{self.seat.get_tier_display()}{_(', ')}{self.seat.get_direction_display()}"
            if self.seat.direction
            else self.seat.get_tier_display()
        )
        if self.is_vacant:
            return _("%(post)s, seat %(number)d: vacant") % {"post": post, "number": self.seat.number}
        return _("%(post)s, seat %(number)d: %(unit)s, %(person)s, since %(day)s") % {
            "post": post,
            "number": self.seat.number,
            "unit": self.organisation.name,
            "person": self.person,
            "day": self.tenure.begins_on.isoformat(),
        }

    @property
    def mark(self) -> str:
        """What is written inside the seat: two characters, or the first word of a name in Latin letters, as far as it fits."""
        if self.is_vacant:
            return _("vacant")
        brief = self.organisation.brief
        return brief.split()[0][:LATIN] if brief[:2].isascii() else brief[:2]


def sittings(term: Term, day: date) -> list[Sitting]:
    """Every seat of the term in reading order, with its holder on `day`: three queries."""
    seats = term.seats.with_holders(day).order_by("number")
    return [Sitting(seat, seat.holders[0] if seat.holders else None) for seat in seats]


def plan(rows: Iterable[Sitting]) -> list[dict[str, Any]]:
    """The table twin: for each direction, in office and planned by tier."""
    rows = list(rows)
    table = [line(value, label, [r for r in rows if r.seat.direction == value]) for value, label in Direction.choices]
    return [*table, line("", _("No direction (chair)"), [r for r in rows if not r.seat.direction])]


def line(value: str, label: str, rows: list[Sitting]) -> dict[str, Any]:
    return {
        "direction": value,
        "label": label,
        "tiers": [counted([r for r in rows if r.seat.tier == tier]) for tier in Tier],
        "total": counted(rows),
    }


def counted(rows: list[Sitting]) -> dict[str, int]:
    """How many seats are planned, held and vacant."""
    vacant = sum(row.is_vacant for row in rows)
    return {"planned": len(rows), "held": len(rows) - vacant, "vacant": vacant}


def totals(table: list[dict[str, Any]]) -> dict[str, Any]:
    """The table's foot."""
    tiers = [{key: sum(row["tiers"][n][key] for row in table) for key in COUNTED} for n in range(len(Tier))]
    return {"tiers": tiers, "total": {key: sum(row["total"][key] for row in table) for key in COUNTED}}


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
        "corners": [corner(d, signs, box, rows) for d, signs in zip([d for d in seated.sectors if d], CORNERS, strict=False)],
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
