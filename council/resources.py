"""What goes out to Excel: the table of seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.exchange.outgoing import Outgoing, leaves_from, outgoing
from council.dashboard.seats import Sitting, on_day
from council.models import Call, Nomination, Seat
from council.papers.candidates import LISTED, title
from members.models import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

COLUMNS = ("序号", "职务", "方向", "单位", "代表", "职务/职称", "届次", "当选日期", "任期至", "状态")


@outgoing("seats")
class Table(Outgoing):
    """理事会席位表: every seat, held or vacant."""

    what, title = "council.seat", "理事会席位表"
    columns = COLUMNS

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Seat.objects.select_related("term").with_tenures(clock.today()).in_bulk(keys)
        sat = {row.seat.pk: row for row in on_day(found.values(), clock.today())}
        lines = (sat.get(key) or Sitting(found[key], None) for key in keys if key in found)
        return [seat_line(number, row) for number, row in enumerate(lines, start=first)]


def seat_line(number: int, row: Sitting) -> dict[str, Any]:
    """In Chinese, as the table of the alliance has it."""
    seat, held = row.seat, row.tenure
    person = row.sitter.representative if row.sitter else None
    return {
        "序号": number,
        "职务": seat.get_tier_display(),
        "方向": seat.get_direction_display(),
        "单位": held.unit.organisation.name if held else "",
        "代表": person.name if person else "",
        "职务/职称": person.post if person else "",
        "届次": str(seat.term),
        "当选日期": held.begins_on.isoformat() if held else "",
        "任期至": seat.term.ends_on.isoformat() if held and seat.term.ends_on else "",
        "状态": "代行" if row.acting else "在任" if held else "已撤销" if seat.planned_until else "空缺",
    }


@outgoing("candidates")
class CandidateList(Outgoing):
    """公示名单 of candidates: name, type and place of the unit, and the post; no person."""

    what, title = "council.nomination", "公示名单"
    columns = ("序号", "单位名称", "单位类型", "所在地", "职务")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Nomination.objects.select_related("unit__organisation").in_bulk(keys)
        listed = [(each, each.unit.organisation) for each in (found[key] for key in keys if key in found)]
        return [
            {
                "序号": n,
                "单位名称": unit.name,
                "单位类型": unit.get_unit_type_display(),
                "所在地": unit.get_region_display(),
                "职务": title(each.tier, each.direction),
            }
            for n, (each, unit) in enumerate(listed, start=first)
        ]


def on_the_list(call: Call, user: Any) -> QuerySet | None:
    """Once the list is drawn up."""
    return call.nominations.on_the_list() if call.state in LISTED else None


def planned(term: Term, user: Any) -> QuerySet:
    return term.seats.order_by("number")


leaves_from(Call, "candidates", on_the_list)
leaves_from(Term, "seats", planned)
