"""One day's data: everything that the pack says, read at once into plain words and numbers, from which its files are then made.

What is read is read twice, and once more where something changed in between: so all files are of one moment.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alliance.documents.making import CHINESE
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.history.canonical import digest
from alliance.workflow import Refused
from applications.models import Decision
from applications.papers import report
from council.dashboard import board
from council.resources import COLUMNS as SEAT_COLUMNS
from council.resources import seat_line
from members.choices import Direction, Tier
from members.models import MemberUnit, Resolution
from members.papers.resolutions import resolution
from members.resources.roll import Roll

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from applications.models import Batch
    from members.models import Term

TRIES = 5
COUNTED = {"类型": "单位类型", "地区": "所在地", "主方向": "主方向", "届内职务": "届内职务"}
STEPS = {
    "received": "收到申请", "accepted": "受理", "declined": "不予受理", "corrected": "要求补正", "withdrawn": "撤回", "screened": "通过初步审查",
    "reviewed": "完成专家评审", "passed": "审议通过", "rejected": "审议不予通过", "deferred": "转入下一批次", "publicised": "公示", "approved": "批准",
    "admitted": "入会",
}  # fmt: skip


def settled(batch: Batch, term: Term, on: date) -> dict[str, Any]:
    """The data of a day, of which nothing changed while it was read."""
    with translation.override(CHINESE):
        before = read(batch, term, on)
        for _each in range(TRIES):
            after = read(batch, term, on)
            if digest(before) == digest(after):
                return after
            before = after
    raise Refused(_("The data changed while it was read: please ask for the pack again."))


def read(batch: Batch, term: Term, on: date) -> dict[str, Any]:
    return {
        "day": on.isoformat(),
        "on": day(on),
        "batch": str(batch),
        "term": str(term),
        "issued_by": facts().name_hans,
        "members": members(term, on),
        "council": council(term, on),
        "report": report.report(batch, on),
        "publicity": report.publicity_result(batch, on),
        "resolutions": resolutions(batch, on),
    }


# ── Members ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def members(term: Term, on: date) -> dict[str, Any]:
    """Every unit that the register named as a member at the end of the day, in the columns of the roll; no telephone and no address."""
    keys = list(MemberUnit.objects.registered_on(on).order_by("number").values_list("pk", flat=True))
    heads = [head for head in Roll.columns if head not in Roll.personal]
    rows = [{head: row.get(head, "") for head in heads} for row in Roll(on).rows(keys, 1)]
    return {
        "subject": str(term),
        "term": str(term),
        "on": day(on),
        "count": len(rows),
        "heads": heads,
        "rows": [list(row.values()) for row in rows],
        "units": [
            {
                "n": n, "name": row["单位名称"], "number": row["会员编号"], "unit_type": row["类型"], "region": row["地区"],
                "direction": row["主方向"], "post": row["届内职务"], "person": row["代表"],
            }
            for n, row in enumerate(rows, 1)
        ],
        "shares": [{"title": title, "rows": shared(row[head] for row in rows)} for head, title in COUNTED.items() if head != "届内职务"],
    }  # fmt: skip


def shared(values: Iterable[str]) -> list[list[Any]]:
    """Each word with its number and its share of all, the most first."""
    counts = Counter(values)
    total = sum(counts.values()) or 1
    return [[word or "未填写", n, f"{100 * n / total:.1f}%"] for word, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


# ── The council ──────────────────────────────────────────────────────────────────────────────────────────────────────


def council(term: Term, on: date) -> dict[str, Any]:
    """Every seat that was planned on the day, and who held it."""
    found = board(on, term.number)
    rows = [seat_line(n, row) for n, row in enumerate(found.rows, 1)]
    return {
        "subject": str(term),
        "term": str(term),
        "on": day(on),
        "planned": len(rows),
        "held": sum(not row.is_vacant for row in found.rows),
        "vacant": sum(row.is_vacant for row in found.rows),
        "tiers": [
            {"post": str(tier.label), "planned": len(of_tier), "held": sum(not row.is_vacant for row in of_tier)}
            for tier in Tier
            for of_tier in [[row for row in found.rows if row.seat.tier == tier]]
        ],
        "directions": [
            {
                "direction": str(label), "seats": len(here), "held": sum(not row.is_vacant for row in here),
                "members": found.members.directions[value],
            }
            for value, label in Direction.choices
            for here in [[row for row in found.rows if row.seat.direction == value]]
        ],
        "heads": list(SEAT_COLUMNS),
        "rows": [[str(row[head]) if row[head] is not None else "" for head in SEAT_COLUMNS] for row in rows],
        "seats": [
            {
                "n": row["序号"], "post": str(row["职务"]), "direction": str(row["方向"] or "—"), "unit": row["单位"] or "（空缺）",
                "person": row["代表"], "title": row["职务/职称"], "state": row["状态"],
            }
            for row in rows
        ],
    }  # fmt: skip


# ── What was resolved ────────────────────────────────────────────────────────────────────────────────────────────────


def resolutions(batch: Batch, on: date) -> list[dict[str, Any]]:
    """Those that decided on applications of the batch by the end of the day, with whoever was there."""
    decided = Decision.objects.filter(batch=batch, decided_at__lt=report.end_of(on)).values("resolution")
    found = Resolution.objects.filter(pk__in=decided).select_related("meeting__term").order_by("resolved_at", "pk")
    return [resolution(each) | {"key": each.pk} for each in found]
