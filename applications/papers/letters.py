"""The notices to an applicant: each says what was decided, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance.documents.kinds import Kind, declare, declare_beside
from alliance.documents.numbers import document_number
from alliance.documents.words import contact, day, last_day
from alliance.facts.models import facts
from alliance.history.models import Event
from applications import rules
from applications.choices import Defect, Ground, Outcome, Paper, State
from applications.models import Application, Batch
from applications.papers.form import answers_of
from members.models import MemberUnit, Resolution, Term

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from alliance.workflow import Actor
    from applications.models import Attachment, Decision, Finding


SAMPLE = {"subject": "深圳演示新能源科技有限公司", "application_number": "SQ2020-0001", "contact": "请通过联盟门户咨询。"}


def addressed(application: Application, said: Application | None = None) -> dict[str, Any]:
    """What every notice says: whose, and about which application."""
    return {"subject": (said or answers_of(application)).name, "application_number": application.number, "contact": contact()}


def accepted(application: Application) -> dict[str, Any]:
    said, version = answers_of(application), application.version
    return addressed(application, said) | {
        "batch": str(application.batch),
        "version": version.number,
        "code": version.code,
        "reg_no": said.reg_no,
        "unit_type": said.get_unit_type_display(),
        "papers": received(application),
    }


def received(application: Application) -> list[str]:
    """What came with the version last submitted, then the sealed form, which may have followed it: its scans and its original."""
    with_it = [each for each in application.attachments.in_version(application.version) if each.kind != Paper.SEALED_FORM]
    scans = [each.attachment for each in application.sealed_copies.running().select_related("attachment__file").order_by("pk")]
    originals = application.originals.order_by("received_on", "pk")
    return [
        *(enclosure(paper) for paper in [*with_it, *scans]),
        *(f"{Paper.SEALED_FORM.label}原件（{day(each.received_on)}收到）" for each in originals),
    ]


def enclosure(paper: Attachment) -> str:
    """What it is, and what its file was called, where that says more."""
    kind, called = str(paper.get_kind_display()), paper.file.title.rpartition(".")[0] or paper.file.title
    return called if called.startswith(kind) else f"{kind}（{called}）"


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
    return addressed(application, said) | {
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


def ever_accepted(rows: QuerySet) -> QuerySet:
    """Those whose history has the step, whatever came of them."""
    return rows.filter(pk__in=Event.objects.of_kind(Application).steps("accept").values("thing_id"))


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
        SAMPLE | {"batch": "第一批", "version": 1, "code": "0123456789ab", "reg_no": "91440300XX0000019G", "unit_type": "企业", "papers": ["登记证书（营业执照）", "盖章申请表（申请表扫描件）"]},
        waits=gettext_lazy("Once the application is accepted for review."),
        due=ever_accepted,
    ),
    Kind(
        "correction", pgettext_lazy("paper", "Notice of correction"), corrected, is_returned, lambda thing: last_finding(thing).found_at, document_number, "补正通知书",
        SAMPLE | {"defects": ["材料不齐", "未盖章或者印章不清"], "lines": ["请补充登记证书扫描件。"], "due": "2020年12月25日"},
        occasion=lambda thing: f"correction {last_finding(thing).pk}",
        waits=gettext_lazy("While a correction is asked for."),
        due=lambda rows: rows.filter(state=State.CORRECTION),
    ),
    Kind(
        "refusal", pgettext_lazy("paper", "Notice of non-acceptance"), refused, is_refused, lambda thing: last_finding(thing).found_at, document_number, "不予受理通知书",
        SAMPLE | {"ground": "非依法登记的法人单位", "lines": ["合伙企业不具有法人资格。"]},
        waits=gettext_lazy("Once the application was not accepted."),
        due=lambda rows: rows.filter(state=State.NOT_ACCEPTED),
    ),
    Kind(
        "rejection", pgettext_lazy("paper", "Notice of non-admission"), rejected, is_rejected, lambda thing: last_decision(thing).decided_at, document_number, "不予通过通知书",
        SAMPLE | {"ground": "审议未获通过", "lines": ["产业化条件尚不具备。"], "decided_by": "筹建工作组会议"},
        waits=gettext_lazy("Once the application was not passed."),
        due=lambda rows: rows.filter(state=State.REJECTED),
    ),
    Kind(
        "admission", pgettext_lazy("paper", "Notice of admission"), admitted, is_admitted, when("admit"), document_number, "入会通知书",
        SAMPLE | {"standing": "准成员", "prospective": True, "member_number": "GBANEV-0001", "admitted_on": "2021年3月18日", "term": "第一届", "representative": "李范二（总经理）", "liaison": "王例三"},
        waits=gettext_lazy("Once the unit is admitted."),
        due=lambda rows: rows.filter(state=State.ADMITTED),
    ),
)  # fmt: skip
declare_beside(MemberUnit, lambda unit: Application.objects.filter(unit=unit))
declare_beside(
    Batch,
    lambda batch: batch.applications.exclude(submitted_at=None),
    lambda batch: Resolution.objects.filter(pk__in=batch.applications.values("decisions__resolution")),
)
