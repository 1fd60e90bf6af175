"""One dossier as one PDF: what happened, what was said in the review, the form as it was submitted, and every paper that can be bound in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.files import bounded, shelf
from alliance.files.choices import DRAWN
from alliance.history.models import Event
from alliance.templatetags.portal import moment
from alliance.workflow import Refused
from applications import papers
from applications.choices import Defect, Ground
from applications.workflow import workflow

if TYPE_CHECKING:
    from pathlib import Path

    from alliance.accounts.models import User
    from applications.models import Application, Attachment

Row = dict[str, str]
OUTSIDE = {
    "freeze": "固定申请表",
    "receive_seal": "收到盖章扫描件",
    "propose_outcome": "拟定审议结果",
    "take_back_outcome": "撤回拟定结果",
    "assign": "分配专家",
    "make_paper": "制作文书",
}


def bound(application: Application, *, by: User) -> bytes:
    """The whole dossier. Raises Refused where a paper cannot be bound in."""
    version = application.version
    enclosed = [*application.attachments.in_version(version), *sealed(application)]
    kept = [each for each in enclosed if each.file.is_served and each.file.kind in DRAWN and each.file.path.exists()]
    with translation.override(CHINESE):
        cover = typeset("dossier", words(application, enclosed, kept, by), moment=clock.now())
    return joined([cover, papers.form(application, version)], [each.file.path for each in kept])


def joined(made: list[bytes], kept: list[Path]) -> bytes:
    """Our own pages first, then the papers, put together by a process that opens nothing else."""
    own = [written(content) for content in made]
    target = shelf.coming()
    try:
        found = bounded.ask("join", own[0], target, *own[1:], *kept)
        if "refused" in found:
            raise Refused(_("The dossier could not be bound: one of its papers cannot be opened."))
        return target.read_bytes()
    finally:
        for path in (*own, target):
            path.unlink(missing_ok=True)


def written(content: bytes) -> Path:
    path = shelf.coming().with_suffix(".pdf")
    with shelf.create(path) as file:
        file.write(content)
    return path


def sealed(application: Application) -> list[Attachment]:
    """The scans of the sealed form that are in force."""
    return [copy.attachment for copy in application.sealed_copies.running().select_related("attachment__file")]


def words(application: Application, enclosed: list[Attachment], kept: list[Attachment], by: User) -> dict[str, Any]:
    return {
        "issued_by": facts().name_hans,
        "subject": application.name,
        "number": application.number or "",
        "batch": str(application.batch),
        "state": str(application.get_state_display()),
        "reader": by.name,
        "at": moment(clock.now()),
        "groups": [
            {"title": title, "rows": rows}
            for title, rows in (
                ("办理经过", course(application)),
                ("审查意见", findings(application)),
                ("审议", decisions(application)),
                ("公示异议", objections(application)),
                ("材料", listed(enclosed, kept)),
            )
            if rows
        ],
    }


def course(application: Application) -> list[Row]:
    """Every step: when, which, by whom."""
    events = Event.objects.of(application).select_related("actor")
    return [{"label": moment(event.at), "value": f"{named(event.step)}　{event.actor or '系统'}"} for event in events]


def named(step: str) -> str:
    return str(workflow.steps[step].label) if step in workflow.steps else OUTSIDE.get(step, step)


def findings(application: Application) -> list[Row]:
    """What the formal check asked for or refused."""
    found = []
    for finding in application.findings.select_related("found_by"):
        codes = [str(Defect(code).label) for code in finding.defects] or [str(Ground(finding.ground).label)]
        found.append({"label": day(finding.found_at), "value": f"{'、'.join(codes)}。{finding.words}（{finding.found_by}）"})
    return found


def decisions(application: Application) -> list[Row]:
    rows = application.decisions.select_related("resolution__meeting__term")
    return [
        {
            "label": day(each.decided_at),
            "value": "　".join(filter(None, (str(each.resolution.meeting), str(each.get_outcome_display()), str(each.get_ground_display() or ""), each.reason))),
        }
        for each in rows
    ]  # fmt: skip


def objections(application: Application) -> list[Row]:
    """What was objected and what was found; who objected is kept confidential and stands on no print."""
    return [
        {"label": day(each.received_on), "value": f"{each.words}　结果：{each.get_examined_display()}　{each.finding}"}
        for each in application.objections.all()
    ]


def listed(enclosed: list[Attachment], kept: list[Attachment]) -> list[Row]:
    """Which papers are there, and which of them are bound in."""
    return [
        {"label": str(each.get_kind_display()), "value": each.file.title + ("" if each in kept else "（未装订，请在系统中查看）")}
        for each in enclosed
    ]


def file_name(application: Application) -> str:
    return f"{application.number}_{application.name[:40]}_案卷.pdf".replace("/", "")
