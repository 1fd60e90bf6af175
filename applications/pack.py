"""The pack for the meeting that decides a batch: the list by direction, a page a unit, the draft of the resolution, the sheet to sign."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.words import day
from applications import rules
from applications.choices import MOST, Advice, AssignmentState, Body, SeatWanted
from applications.models import Batch, Finding
from applications.models.answers import CAPABILITIES
from applications.papers import said_in
from members.choices import Direction
from members.models import Term

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor
    from applications.models import Application, Review

SIGNING_LINES = 20  # of the sheet, where the council is not seated yet


def packed(batch: Batch) -> dict[str, Any]:
    waiting = list(batch.applications.awaiting_deliberation().with_papers_of_meeting().order_by("main_direction", "number"))
    order = list(Direction)
    waiting.sort(key=lambda each: order.index(each.main_direction) if each.main_direction in order else len(order))
    units = [unit(n, each) for n, each in enumerate(waiting, 1)]
    groups = [
        {"direction": name, "units": list(rows), "count": sum(each["direction"] == name for each in units)}
        for name, rows in groupby(units, key=lambda each: each["direction"])
    ]
    return {
        "subject": str(batch),
        "batch": str(batch),
        "decided_by": str(Body(batch.deciding_body).label),
        "term": str(Term.objects.current() or ""),
        "planned": day(batch.review_planned_on) if batch.review_planned_on else "　　年　月　日",
        "count": len(units),
        "counted": "人" if batch.deciding_body == Body.PREPARATORY else "家",
        "groups": groups,
        "units": units,
        "signing": list(range(1, SIGNING_LINES + 1)),
    }


def unit(n: int, application: Application) -> dict[str, Any]:
    """What the meeting reads of one unit: as it was submitted; no telephone and no address."""
    said = said_in(application, application.version)
    return {
        "n": n,
        "number": application.number,
        "name": said.name,
        "unit_type": str(said.get_unit_type_display()),
        "region": str(said.get_region_display()),
        "direction": str(said.get_main_direction_display() or "—"),
        "reg_no": said.reg_no,
        "scale": f"职工{said.staff_total or '—'}人，其中研发{said.staff_rd or '—'}人",
        "chain": said.in_words("chain_position") or "—",
        "business": said.main_business,
        "capabilities": [
            {"label": str(type(application).label(name)), "words": getattr(said, name)} for name in CAPABILITIES if getattr(said, name)
        ],
        "planned": said.planned_work or "—",
        "seat": str(said.get_seat_wanted_display()) if said.seat_wanted != SeatWanted.MEMBER else "会员",
        "representative": f"{said.representative_name}（{said.representative_post}）",
        "corrections": f"经{application.corrections}次补正" if application.corrections else "材料齐全，未要求补正",
        "findings": [words for finding in application.findings.all() for words in said_by(finding)],
        "screening": application.screening_opinion or "通过",
        "experts": said_by_experts(application),
    }


def said_by(finding: Finding) -> list[str]:
    return [f"{day(finding.found_at)}：{finding.words}"]


def said_by_experts(application: Application) -> list[str]:
    """The mean, how many sheets of how many, what they advise and why, nobody by name; the panel's opinion, and how many were recused."""
    its = [each for each in application.assignments.all() if each.batch_id == application.batch_id]
    held = [each for each in its if each.state in (AssignmentState.ASSIGNED, AssignmentState.REVIEWED)]
    sheets = [each.review for each in held if each.state == AssignmentState.REVIEWED]
    recused = sum(each.state == AssignmentState.RECUSED for each in its)
    mean = f"平均分{application.average:.2f}（满分{MOST}分），" if sheets and application.average is not None else ""
    said = [f"专家评审：{mean}已交评审表{len(sheets)}份，应交{len(held)}份。"] if held else []
    said += [f"专家建议：{advised(sheets)}。"] if sheets else []
    said += [f"专家意见{n}：{sheet.opinion}" for n, sheet in enumerate(sheets, 1)]
    said += [
        f"专家组意见（{each.get_advice_display()}）：{each.opinion}"
        for each in application.group_opinions.all()
        if each.panel.batch_id == application.batch_id
    ]
    said += [f"评审结论：{application.experts_opinion}"] if application.experts_opinion else []
    return said + ([f"回避：{recused}名专家。"] if recused else [])


def advised(sheets: list[Review]) -> str:
    """How many advise what, in the order of the words."""
    counted = Counter(sheet.advice for sheet in sheets)
    return "，".join(f"{advice.label}{counted[advice]}份" for advice in Advice if counted[advice])


def stands_before_a_meeting(by: Actor, batch: Batch) -> bool:
    return batch.is_closed and rules.may_publish(by, batch) and batch.applications.awaiting_deliberation().exists()


def now(batch: Batch) -> datetime:
    return clock.now()


def of_today(batch: Batch) -> str:
    """Each day has a pack of its own; made again the same day it is a further issue."""
    return f"{clock.today():%Y%m%d}"


def numbered(batch: Batch, moment: datetime) -> str:
    """It is no official letter: it counts in no series."""
    return f"审议材料{batch.number}-{moment.astimezone(clock.SHANGHAI):%Y%m%d}"


UNIT = {
    "n": 1, "number": "SQ2020-0001", "name": "深圳演示新能源科技有限公司", "unit_type": "企业", "region": "深圳", "direction": "电动", "reg_no": "91440300XX0000019G",
    "scale": "职工180人，其中研发40人", "chain": "中游", "business": "动力电池系统研发与制造。", "capabilities": [{"label": "科研能力", "words": "建有工程中心。"}],
    "planned": "参与路线图研究。", "seat": "理事单位", "representative": "李范二（总经理）", "corrections": "材料齐全，未要求补正", "findings": ["2020年12月14日：请补充证书。"],
    "screening": "符合征集条件，建议提交审议。", "experts": ["专家评审：平均分4.00（满分5分），已交评审表2份，应交3份。"],
}  # fmt: skip

declare(
    Batch,
    Kind(
        "meeting", pgettext_lazy("paper", "Pack for the meeting"), packed, stands_before_a_meeting, now, numbered, "审议会议材料",
        {
            "subject": "第一批", "batch": "第一批", "decided_by": "筹建工作组", "term": "第一届", "planned": "2020年12月28日", "count": 1, "counted": "人",
            "groups": [{"direction": "电动", "units": [UNIT], "count": 1}], "units": [UNIT], "signing": [1, 2, 3],
        },
        occasion=of_today,
        waits=gettext_lazy("Once the batch is closed and applications wait for the meeting."),
    ),
)  # fmt: skip
