"""The board of a batch as a table: the columns that somebody has chosen, of the applications that they see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Window
from django.db.models.functions import Rank

from alliance.exchange.outgoing import Outgoing, outgoing
from applications.dashboard.board import COLUMNS, filled
from applications.models import Application, Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADS = {
    "rank": "名次", "number": "申请编号", "name": "单位名称", "unit_type": "单位类型", "region": "地区", "main_direction": "主方向", "seat_wanted": "意向席位",
    "state": "状态", "missing": "缺件", "reviews": "评审", "average": "均分", "spread": "分差", "conflicts": "回避关系", "recused": "回避", "proposal": "拟定结果", "outcome": "审议结果", "due_at": "期限",
    "reg_no": "统一社会信用代码/登记号", "scale": "规模", "submitted_at": "提交时间", "corrections": "补正次数", "contact_name": "联络员",
}  # fmt: skip


@outgoing("board")
class Board(Outgoing):
    """In seven statements, whatever the number of lines; ranked among all that is exported."""

    what, title = "applications.application", "批次看板"
    columns = tuple(HEADS[name] for name in COLUMNS)

    def rows_among(self, keys: Sequence[int], first: int, among: Sequence[int]) -> list[dict[str, Any]]:
        ranked = Application.objects.filter(pk__in=among).with_average()
        ranks = dict(ranked.annotate(rank=Window(Rank(), order_by=F("average").desc(nulls_last=True))).values_list("pk", "rank"))
        found = Application.objects.with_average().with_spread().in_bulk(keys)
        there = [found[key] for key in keys if key in found]
        for each in there:
            each.rank = ranks[each.pk]
        batch = Batch.objects.get(pk=there[0].batch_id) if there else None
        return [{HEADS[name]: row.text(name) for name in COLUMNS} for row in filled(there, batch)]
