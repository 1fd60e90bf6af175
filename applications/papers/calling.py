"""The call for members (征集通知) of a batch: who may come, on what conditions, with which papers, until when, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import asked_at, day, last_day, was_founding
from alliance.facts.models import facts
from applications import rules
from applications.models import Batch, RequiredPaper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alliance.workflow import Actor


def call(batch: Batch) -> dict[str, Any]:
    """Everything that a unit has to know before it applies; the criteria are those of the notice 粤科函产字〔2020〕864号."""
    return {
        "subject": str(batch),
        "batch": str(batch),
        "standing": str(facts().standing_on(batch.opens_at.astimezone(clock.SHANGHAI).date())),
        "founding": was_founding(batch.opens_at),
        "opens": day(batch.opens_at),
        "deadline": last_day(batch.deadline),
        "planned": day(batch.review_planned_on) if batch.review_planned_on else "",
        "decided_by": str(batch.get_deciding_body_display()),
        "publicity_days": batch.publicity_days,
        "seal_days": batch.seal_days,
        "materials": materials(RequiredPaper.objects.demanded().order_by("id")),
        "address": f"{settings.SITE_URL}{reverse('applications:new')}",
        "contact": asked_at(),
    }


def materials(lines: Iterable[RequiredPaper]) -> list[dict[str, str]]:
    """What is demanded of each type of unit, and elsewhere of each place, as the office's table says: one line each."""
    found: dict[str, list[str]] = {}
    for line in lines:
        whose = str(line.get_unit_type_display() if line.unit_type else line.get_jurisdiction_display() or "各类单位")
        found.setdefault(whose, []).append(line.what or str(line.get_paper_display()))
    return [{"whose": whose, "what": "；".join(what)} for whose, what in found.items()]


def is_called(by: Actor, batch: Batch) -> bool:
    """As soon as its last day is settled."""
    return rules.may_publish(by, batch) and batch.closes_at is not None


declare(
    Batch,
    Kind(
        "call_for_members",
        pgettext_lazy("paper", "Call for members"),
        call,
        is_called,
        lambda batch: batch.opens_at,
        document_number,
        "征集通知",
        {
            "subject": "第一批",
            "batch": "第一批",
            "standing": "准成员",
            "founding": True,
            "opens": "2020年11月10日",
            "deadline": "2020年12月12日",
            "planned": "2020年12月28日",
            "decided_by": "筹建工作组",
            "publicity_days": 5,
            "seal_days": 5,
            "materials": [{"whose": "企业", "what": "营业执照（副本）"}],
            "address": "https://example.org/applications/new/",
            "contact": "请通过联盟门户咨询。",
        },
        waits=gettext_lazy("Once the batch has a last day."),
    ),
)
