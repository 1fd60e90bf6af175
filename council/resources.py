"""What goes out to Excel: the table of seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.exchange.outgoing import Outgoing, outgoing
from council.models import Seat

if TYPE_CHECKING:
    from collections.abc import Sequence


@outgoing("seats")
class Table(Outgoing):
    """理事会席位表: every seat, held or vacant."""

    what, title = "council.seat", "理事会席位表"
    columns = ("序号", "职务", "方向", "单位", "代表", "职务/职称", "届次", "当选日期", "任期至", "状态")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Seat.objects.select_related("term").with_holders(clock.today()).in_bulk(keys)
        return [seat_line(number, found[key]) for number, key in enumerate(keys, start=first) if key in found]


def seat_line(number: int, seat: Seat) -> dict[str, Any]:
    held = seat.holders[0] if seat.holders else None
    person = held.in_person[0].representative if held and held.in_person else None
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
        "状态": "在任" if held else "空缺",
    }
