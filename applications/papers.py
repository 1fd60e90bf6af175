"""Which papers are made about applications and batches, and what stands in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.accounts.choices import Office
from alliance.accounts.models import SavedView
from alliance.documents.kinds import PDF, Kind, declare
from alliance.documents.making import CHINESE
from alliance.documents.numbers import document_number
from alliance.documents.typesetting import typeset
from alliance.documents.words import contact, day, last_day
from alliance.facts.models import facts
from alliance.history.models import Event
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from applications import rules
from applications.choices import Body, Defect, Ground, Outcome, Paper, SeatWanted, Section, State
from applications.models import Answers, Application, Batch, Handover
from applications.models.answers import CAPABILITIES, FIELDS, PERSONAL
from applications.models.mark import UNFROZEN, Mark, beginning
from applications.models.version import as_frozen, code_now
from applications.notices import spelt
from members.choices import Jurisdiction
from members.models import BranchPost, Term

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor
    from applications.models import Decision, Finding, OnBehalf, Version

# ── The application form, for the seal ───────────────────────────────────────────────────────────────────────────────

GUESSES = (3, 4, 5)  # pages of nearly every form: it is then set only once
UNITS = {"registered_capital": "万元", "staff_total": "人", "staff_rd": "人"}
WIDE = {
    "name", "name_en", "registered_address", "postal_address", "website", "main_business", "chain_position", "related_directions",
    *CAPABILITIES, "honours", "tasks", "planned_work",
}  # fmt: skip
TALL = {"main_business", *CAPABILITIES, "honours", "planned_work"}
HALF_LINE = 24  # letters of an address that fit beside another answer
MERGED = {"currency"}  # stands in another answer's cell
SEALED, SIGNED_OR_SEALED = "单位（盖章）", "单位签署及／或盖章（Signature and/or chop）"
SIGNER, SIGNER_ELSEWHERE = "法定代表人（签字）", "获授权签署人（签署）Authorised signatory"


def form(application: Application, version: Version | None = None) -> bytes:
    """The form as a PDF for the seal: this version, else the one last submitted, else the draft as it is, marked as one. Nothing is written."""
    version = version or application.version
    said = said_in(application, version)
    with translation.override(CHINESE):
        words = words_of_form(application, said, version) | {"issued_by": facts().name_hans}
        return set_whole(words, marks_of(application, version), moment=version.frozen_at if version else application.saved_at)


def set_whole(words: dict[str, Any], mark: Mark, *, moment: datetime) -> bytes:
    """Each page's mark says how many pages there are, which only the set form tells: it chooses among guesses, and is set again where none was right."""
    made = typeset("form", words | {"marks": {str(pages): pictures(mark, pages) for pages in GUESSES}}, moment=moment)
    pages = count(made)
    return made if pages in GUESSES else typeset("form", words | {"marks": {str(pages): pictures(mark, pages)}}, moment=moment)


def count(made: bytes) -> int:
    with pypdfium2.PdfDocument(made) as document:
        return len(document)


def marks_of(application: Application, version: Version | None) -> Mark:
    """What the marks on all its pages have in common."""
    number, code = (version.number, version.code) if version else (UNFROZEN, code_now(application))
    return Mark(beginning(application), number, code, 1, 1)


def answers_of(application: Application) -> Application:
    """What was last submitted, or the draft."""
    return said_in(application, application.version)


def said_in(application: Application, version: Version | None) -> Application:
    """What a version says, or the draft; persons that were blanked stay blank."""
    if version is None:
        return application
    persons = version.persons.answers or dict.fromkeys(PERSONAL, "")
    said = version.answers | persons
    return Application(**{field.name: field.to_python(said[field.name]) for field in Answers._meta.get_fields() if field.name in said})


def words_of_form(application: Application, said: Application, version: Version | None) -> dict[str, Any]:
    code = version.code if version else code_now(application)
    elsewhere = said.jurisdiction != Jurisdiction.MAINLAND
    return {
        "subject": said.name,
        "batch": str(application.batch),
        "number": application.number or "",
        "version": version.number if version else UNFROZEN,
        "settled": day(version.frozen_at) if version else "",
        "code": spaced(code),
        "sections": [*({"title": str(section.label), "rows": rows(said, section)} for section in PRINTED), *enclosed(application, version)],
        "declarations": [{"words": Application.label(name), "yes": getattr(said, name)} for name in FIELDS[Section.DECLARATIONS]],
        "seal": SIGNED_OR_SEALED if elsewhere else SEALED,
        "signer": SIGNER_ELSEWHERE if elsewhere else SIGNER,
        "opinions": opinions(application, said),
    }


def spaced(code: str) -> str:
    """The short code as people compare it: four by four."""
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


PRINTED = [section for section in Section if section not in (Section.ATTACHMENTS, Section.DECLARATIONS)]


def enclosed(application: Application, version: Version | None) -> list[dict[str, Any]]:
    """Which papers go with the form, by name alone: adding or changing one does not make a sealed form void."""
    found = version.answers.get("attachments", []) if version else as_frozen(application.papers_there)
    kinds = Counter(Paper(each["kind"]) for each in found)
    named = "、".join(f"{kind.label} {kinds[kind]} 份" for kind in Paper if kinds[kind])
    row = {"label": str(Section.ATTACHMENTS.label), "value": named, "wide": True, "tall": False}
    return [{"title": str(Section.ATTACHMENTS.label), "rows": [row]}] if named else []


def rows(said: Application, section: Section) -> list[dict[str, Any]]:
    """The cells of a section: what was asked, and what was answered or left blank; a long answer gets the whole line."""
    answered = [(name, cell(said, name)) for name in FIELDS[section] if name not in MERGED]
    return [
        {"label": Application.label(name), "value": value, "wide": name in WIDE or len(value) > HALF_LINE, "tall": name in TALL}
        for name, value in answered
    ]


def cell(said: Application, name: str) -> str:
    """An answer as the form prints it: with its unit, and a day as papers write one."""
    value = getattr(said, name)
    if isinstance(value, date):
        return day(value)
    words = said.in_words(name)
    if isinstance(value, Decimal):
        return f"{words} 万{said.get_currency_display()}" if said.currency != "CNY" else f"{words} 万元"
    return f"{words} {UNITS[name]}" if words and name in UNITS else words


def opinions(application: Application, said: Application) -> list[str]:
    """Whose opinion the paper form has room for: a recommender's only where a seat is in mind."""
    deciding = "筹建工作组审议意见" if application.batch.deciding_body == Body.PREPARATORY else "理事会审议意见"
    recommended = ["推荐单位意见"] if said.seat_wanted != SeatWanted.MEMBER else []
    return [*recommended, "秘书处审核意见", deciding]


def pictures(mark: Mark, pages: int) -> list[str]:
    """The mark of each page as a QR code, drawn as SVG; no address in it."""
    return [picture(str(replace(mark, page=page, pages=pages))) for page in range(1, pages + 1)]


def picture(text: str) -> str:
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


# ── The letter with a claim code ─────────────────────────────────────────────────────────────────────────────────────


def claim_letter(entry: OnBehalf, code: str, *, moment: datetime) -> bytes:
    """One page to hand over or to send: the code is on it, and nowhere else."""
    application = entry.application
    with translation.override(CHINESE):
        words = {
            "issued_by": facts().name_hans,
            "office": str(facts().office),
            "subject": application.name or application.reg_no,
            "number": application.number or "",
            "reg_no": application.reg_no,
            "channel": str(entry.get_channel_display()),
            "received": day(entry.received_at),
            "code": spelt(code),
            "until": day(entry.code_until),
            "address": f"{settings.SITE_URL}{reverse('applications:claim')}",
            "date": day(moment),
            "contact": contact(),
        }
        return typeset("claim", words, moment=moment)


# ── Notices ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SAMPLE = {"subject": "深圳演示新能源科技有限公司", "application_number": "SQ2020-0001", "contact": "请通过联盟门户咨询。"}


def addressed(application: Application) -> dict[str, Any]:
    """What every notice says: whose, and about which application."""
    return {"subject": answers_of(application).name, "application_number": application.number, "contact": contact()}


def accepted(application: Application) -> dict[str, Any]:
    said, version = answers_of(application), application.version
    return addressed(application) | {
        "batch": str(application.batch),
        "version": version.number,
        "code": version.code,
        "reg_no": said.reg_no,
        "unit_type": said.get_unit_type_display(),
    }


def corrected(application: Application) -> dict[str, Any]:
    """Every defect, what exactly, and until when."""
    finding = last_finding(application)
    return addressed(application) | {
        "defects": [str(Defect(code).label) for code in finding.defects],
        "lines": finding.words.splitlines(),
        "due": last_day(finding.due_at),
    }


def refused(application: Application) -> dict[str, Any]:
    finding = last_finding(application)
    return addressed(application) | {"ground": str(Ground(finding.ground).label), "lines": finding.words.splitlines()}


def rejected(application: Application) -> dict[str, Any]:
    """The ground and the reason, and who decided; no scores and no votes."""
    decision = last_decision(application)
    decided_by = str(decision.resolution.meeting.body)
    return addressed(application) | {
        "ground": str(Ground(decision.ground).label),
        "lines": decision.reason.splitlines(),
        "decided_by": decided_by,
    }


def admitted(application: Application) -> dict[str, Any]:
    unit, said = application.unit, answers_of(application)
    representative = unit.representative
    return addressed(application) | {
        "standing": str(facts().standing_on(unit.admitted_on)),
        "prospective": facts().was_founding_on(unit.admitted_on),
        "member_number": unit.number,
        "admitted_on": day(unit.admitted_on),
        "term": str(Term.objects.current()),
        "representative": f"{representative.name}（{representative.post}）"
        if representative and representative.post
        else str(representative or "待定"),
        "liaison": said.contact_name or "待定",
    }


def last_finding(application: Application) -> Finding:
    return application.findings.last()


def last_decision(application: Application) -> Decision:
    return application.decisions.filter(outcome=Outcome.REJECTED).select_related("resolution__meeting").last()


def was_accepted(by: Actor, application: Application) -> bool:
    return rules.may_make_papers(by, application) and Event.objects.of(application).steps("accept").exists()


def is_returned(by: Actor, application: Application) -> bool:
    """While the correction is asked for."""
    return application.state == State.CORRECTION and application.findings.exists() and rules.may_make_papers(by, application)


def is_refused(by: Actor, application: Application) -> bool:
    return application.state == State.NOT_ACCEPTED and application.findings.exists() and rules.may_make_papers(by, application)


def is_rejected(by: Actor, application: Application) -> bool:
    return application.state == State.REJECTED and last_decision(application) is not None and rules.may_make_papers(by, application)


def is_admitted(by: Actor, application: Application) -> bool:
    return application.state == State.ADMITTED and rules.may_make_papers(by, application)


def when(step: str) -> Any:
    """The time a step was last taken; where history does not tell, that of the submission."""

    def moment(application: Application) -> datetime:
        taken = Event.objects.of(application).steps(step).last()
        return taken.at if taken else application.submitted_at

    return moment


declare(
    Application,
    Kind(
        "acceptance", pgettext_lazy("paper", "Notice of acceptance for review"), accepted, was_accepted, when("accept"), document_number, "受理通知书",
        SAMPLE | {"batch": "第一批", "version": 1, "code": "0123456789ab", "reg_no": "91440300XX0000019G", "unit_type": "企业"},
    ),
    Kind(
        "correction", pgettext_lazy("paper", "Notice of correction"), corrected, is_returned, lambda thing: last_finding(thing).found_at, document_number, "补正通知书",
        SAMPLE | {"defects": ["材料不齐", "未盖章或者印章不清"], "lines": ["请补充登记证书扫描件。"], "due": "2020年12月25日"},
        occasion=lambda thing: f"correction {last_finding(thing).pk}",
    ),
    Kind(
        "refusal", pgettext_lazy("paper", "Notice of non-acceptance"), refused, is_refused, lambda thing: last_finding(thing).found_at, document_number, "不予受理通知书",
        SAMPLE | {"ground": "非依法登记的法人单位", "lines": ["合伙企业不具有法人资格。"]},
    ),
    Kind(
        "rejection", pgettext_lazy("paper", "Notice of non-admission"), rejected, is_rejected, lambda thing: last_decision(thing).decided_at, document_number, "不予通过通知书",
        SAMPLE | {"ground": "审议未获通过", "lines": ["产业化条件尚不具备。"], "decided_by": "筹建工作组会议"},
    ),
    Kind(
        "admission", pgettext_lazy("paper", "Notice of admission"), admitted, is_admitted, when("admit"), document_number, "入会通知书",
        SAMPLE | {"standing": "准成员", "prospective": True, "member_number": "GBANEV-0001", "admitted_on": "2021年3月18日", "term": "第一届", "representative": "李范二（总经理）", "liaison": "王例三"},
    ),
)  # fmt: skip

# ── The public notice of a batch ─────────────────────────────────────────────────────────────────────────────────────


def group(batch: Batch) -> list[Application]:
    """Those of the batch whose public notice began on the latest day: one list, one period."""
    published = list(batch.applications.in_publicity().order_by("number"))
    began = [each.publicity_from.astimezone(clock.SHANGHAI).date() for each in published]
    return [each for each, first in zip(published, began, strict=True) if first == max(began)]


def publicised(batch: Batch) -> dict[str, Any]:
    """The list with nothing but unit, type and place; from when to when; how to object."""
    units = [answers_of(each) for each in group(batch)]
    return {
        "subject": str(batch),
        "batch": str(batch),
        "decided_by": str(batch.get_deciding_body_display()),
        "standing": str(facts().standing_on(clock.today())),
        "units": [{"name": each.name, "unit_type": each.get_unit_type_display(), "region": each.get_region_display()} for each in units],
        "count": len(units),
        "begins": day(began(batch)),
        "ends": last_day(max(each.publicity_until for each in group(batch))),
        "contact": contact(),
    }


def began(batch: Batch) -> datetime:
    return min(each.publicity_from for each in group(batch))


def is_publicised(by: Actor, batch: Batch) -> bool:
    return rules.may_publish(by, batch) and batch.applications.in_publicity().exists()


declare(
    Batch,
    Kind(
        "publicity", pgettext_lazy("paper", "Public notice"), publicised, is_publicised, began, document_number, "公示",
        {
            "subject": "第一批", "batch": "第一批", "decided_by": "筹建工作组", "standing": "准成员", "count": 1, "begins": "2020年12月14日", "ends": "2020年12月18日",
            "units": [{"name": "深圳演示新能源科技有限公司", "unit_type": "企业", "region": "深圳"}], "contact": "请通过联盟门户咨询。",
        },
        occasion=lambda batch: day(began(batch)),
    ),
)  # fmt: skip


# ── The sheet of a handover ──────────────────────────────────────────────────────────────────────────────────────────

HANDED = {
    "in_hand": gettext_lazy("Files in hand"),
    "drafts": gettext_lazy("Drafts entered on behalf"),
    "jobs": gettext_lazy("Long work that waits or runs"),
    "views": gettext_lazy("Saved views of the board"),
    "letters": gettext_lazy("Letters held back that they edited"),
    "notes": gettext_lazy("Notes they wrote"),
    "requests": gettext_lazy("Requests to join they decided"),
    "enquiries": gettext_lazy("Enquiries they answered"),
    "branches": gettext_lazy("Branches they worked for"),
    "let_go": gettext_lazy("Files the successor may not have: in nobody's hand now"),
    "stay": gettext_lazy("Drafts that stayed, because the successor writes one under the same number"),
}
COUNTED_ONLY = ("notes", "requests", "enquiries")
NAMED_BY = {
    "in_hand": Application,
    "drafts": Application,
    "let_go": Application,
    "stay": Application,
    "jobs": Job,
    "views": SavedView,
    "letters": Letter,
    "branches": BranchPost,
}


def handed_over(handover: Handover) -> list[dict[str, Any]]:
    """Every kind of thing on the sheet, how many, and which by name."""
    return [
        {"what": str(word), "count": len(rows) if isinstance(rows, list) else rows, "rows": names_of(name, rows)}
        for name, word in HANDED.items()
        for rows in [handover.items.get(name, [])]
    ]


def names_of(name: str, rows: Any) -> list[str]:
    """Numbers and names of the things, as they are called now."""
    if name not in NAMED_BY:
        return []
    return [
        " ".join(filter(None, [getattr(each, "number", ""), str(each)]))
        for each in NAMED_BY[name].objects.filter(pk__in=rows).order_by("pk")
    ]


def handover_sheet(handover: Handover) -> dict[str, Any]:
    """Three names, what is handed over, and room for three signatures."""
    return {
        "subject": str(handover.leaver),
        "successor": str(handover.successor),
        "supervisor": str(handover.by),
        "account": "已停用，不删除" if handover.closes_account else "保留",
        "offices": "、".join(str(Office(name).label) for name in handover.items["offices"]) or "—",
        "lines": handed_over(handover),
    }


declare(
    Handover,
    Kind(
        "handover",
        pgettext_lazy("paper", "Handover sheet"),
        handover_sheet,
        rules.may_see_handover,
        lambda handover: handover.at,
        lambda handover, moment: f"移交〔{moment.astimezone(clock.SHANGHAI).year}〕{handover.pk}号",
        "工作移交清单",
        {},
        media_type=PDF,
    ),
)
