"""The allocation page to take away: as JSON, and as the words of its one page on paper."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.documents.words import day as in_chinese
from alliance.facts.models import facts
from council.dashboard.drawing import COLOURS, HUB, seated_as
from council.dashboard.table import COUNTED
from members.choices import Tier

if TYPE_CHECKING:
    from council.dashboard.page import Board
    from council.dashboard.seats import Sitting

STEP = 4  # degrees from one corner of a sector's outline to the next


def as_json(board: Board) -> dict[str, Any]:
    """What the page says, for machines; words in the reader's language, keys not."""
    return {
        "term": board.term.number,
        "on": board.day.isoformat(),
        "seats": [seat(row) for row in board.rows],
        "plan": [
            {
                "direction": line["direction"],
                "tiers": dict(zip([t.name.lower() for t in Tier], line["tiers"], strict=True)),
                "total": line["total"],
            }
            | {"members": line["members"], "deviation": None if line["deviation"] is None else round(line["deviation"], 1)}
            for line in board.plan
        ],
        "total": board.foot["total"],
        "balance": [
            {
                "name": strip.name,
                "title": strip.title,
                "parts": [
                    {"word": ours.word, "council": ours.count, "members": theirs.count}
                    for ours, theirs in zip(strip.council, strip.members, strict=True)
                ],
            }
            for strip in board.strips
        ],
        "election": [
            {"post": funnel.post, "seats": funnel.seats, "stages": {stage.name: stage.count for stage in funnel.stages}}
            for funnel in board.funnels
        ],
        "warnings": [
            {
                "name": each.name,
                "says": each.says,
                "value": each.value,
                "limit": each.limit,
                "source": str(each.source),
                "oversteps": each.oversteps,
            }
            for each in board.cautions
        ],
    }


def seat(row: Sitting) -> dict[str, Any]:
    return {
        "number": row.seat.number,
        "tier": Tier(row.seat.tier).name.lower(),
        "direction": row.seat.direction or None,
        "state": "acting" if row.acting else "vacant" if row.is_vacant else "in_office",
        "unit": row.organisation.name if row.tenure else None,
        "unit_number": row.tenure.unit.number if row.tenure else None,
        "person": row.person or None,
        "since": row.tenure.begins_on.isoformat() if row.tenure else None,
        "nominated": row.nominated,
    }


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def on_paper(board: Board) -> dict[str, Any]:
    """The words of the paper, in Chinese; places of the chamber in units around (0, 0)."""
    with translation.override(CHINESE):
        total = board.foot["total"]
        return {
            "title": _("Seats of the council"),
            "issued_by": facts().name_hans,
            "term": str(board.term),
            "span": f"{in_chinese(board.term.begins_on)} – {in_chinese(board.term.ends_on)}" if board.term.begins_on else "",
            "on": in_chinese(board.day),
            "made": in_chinese(clock.today()),
            "summary": summary(board),
            "chamber": chamber(board),
            "tiers": [str(tier.label) for tier in Tier],
            "plan": [
                {
                    "label": str(line["label"]),
                    "cells": [cell(e) for e in line["tiers"]],
                    "total": cell(line["total"]),
                    "gap": line["gap"],
                }
                for line in board.plan
            ],
            "foot": {"cells": [cell(e) for e in board.foot["tiers"]], "total": cell(total)},
            "seats": [
                {
                    "number": row.seat.number,
                    "post": row.post,
                    "unit": row.organisation.name if row.tenure else str(row.mark),
                    "person": row.person,
                    "is_vacant": row.is_vacant,
                }
                for row in board.rows
            ],
            "strips": [
                {
                    "title": strip.title,
                    "rows": [
                        {"who": row["who"], "parts": [[part.word, part.percent, part.share] for part in row["parts"]]} for row in strip.rows
                    ],
                }
                for strip in board.strips
            ],
            "cautions": [{"says": each.says, "source": str(each.source)} for each in board.overstepped],
        }


def summary(board: Board) -> str:
    total = board.foot["total"]
    said = {key: total[key] for key in COUNTED}
    return _("Planned seats: %(planned)d, filled: %(held)d, vacant: %(vacant)d.") % said


def cell(counts: dict[str, int]) -> str:
    return f"{counts['held']} / {counts['planned']}" if counts["planned"] else "–"


def chamber(board: Board) -> dict[str, Any]:
    drawn = board.drawing
    plan: dict[tuple[int, str], int] = {}
    for row in board.rows:
        post = (row.seat.tier, row.seat.direction)
        plan[post] = plan.get(post, 0) + 1
    seated = seated_as(plan)
    return {
        "radius": seated.radius,
        "sectors": [
            {"colour": COLOURS[direction or ""], "outline": outline(first, last, seated.radius - 4), "rim": arc(first, last, seated.radius)}
            for direction, (first, last) in seated.sectors.items()
        ],
        "corners": [
            {"label": str(each["label"]), "colour": each["colour"], "seats": each["seats"], "vacant": each["vacant"]}
            for each in drawn["corners"]
        ],
        "seats": [
            {key: place[key] for key in ("x", "y", "r", "tier", "colour")}
            | {"mark": str(place["row"].mark), "is_vacant": place["row"].is_vacant, "tag": place["row"].tag, "acting": place["row"].acting}
            for place in drawn["seats"]
        ],
    }


def outline(first: float, last: float, radius: float) -> list[list[float]]:
    return [*arc(first, last, radius), *reversed(arc(first, last, HUB))]


def arc(first: float, last: float, radius: float) -> list[list[float]]:
    """Corners close enough for an arc, clockwise from the left-hand axis."""
    steps = max(2, int((last - first) / STEP))
    angles = [radians(first + (last - first) * n / steps) for n in range(steps + 1)]
    return [[round(-radius * cos(each), 2), round(-radius * sin(each), 2)] for each in angles]
