"""What goes out to Excel: the table of seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.exchange.outgoing import Outgoing, outgoing
from council.dashboard.seats import Sitting, on_day
from council.models import Seat

if TYPE_CHECKING:
    from collections.abc import Sequence

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
