"""The letter of appointment (聘书): for experts, the secretary-general, and whoever heads a branch or a working group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, override, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import PDF, Kind, declare
from alliance.documents.numbers import SERIES
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.numbering.models import take
from members import rules
from members.choices import BodyKind, Post
from members.models import BodyTenure

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor

LEADERS = (Post.HEAD, Post.DEPUTY, Post.SECRETARY_GENERAL, Post.DEPUTY_SECRETARY)


def appointment(tenure: BodyTenure) -> dict[str, Any]:
    """Who, to which post of which body, from when until when."""
    with override("en"):
        post_en = tenure.title
    return {
        "subject": tenure.named,
        "affiliation": affiliation(tenure),
        "body": tenure.body.name,
        "body_en": tenure.body.name_en,
        "post": tenure.title,
        "post_en": post_en,
        "term": str(tenure.term) if tenure.term else "",
        "period": period(tenure),
        "alliance_en": facts().name_en,
    }


def affiliation(tenure: BodyTenure) -> str:
    if tenure.expert:
        return " ".join(filter(None, [tenure.expert.affiliation, tenure.expert.title or tenure.expert.post]))
    return tenure.unit.organisation.name if tenure.unit else ""


def period(tenure: BodyTenure) -> str:
    """自……起; to the end of the term, as far as that is settled."""
    ends = tenure.term.ends_on if tenure.term else None
    return f"{day(tenure.begins_on)}至{day(ends)}" if ends and ends > tenure.begins_on else f"自{day(tenure.begins_on)}起"


def number(tenure: BodyTenure, moment: datetime) -> str:
    """湾新汽联聘字〔2021〕第0001号, counted by the year."""
    year = moment.astimezone(clock.SHANGHAI).year
    return f"{SERIES}聘字〔{year}〕第{take(f'appointment {SERIES} {year}'):04d}号"


def may_appoint(by: Actor, tenure: BodyTenure) -> bool:
    """While it runs, and a person is named: every expert of the committee, elsewhere whoever leads."""
    leads = tenure.post in LEADERS or tenure.body.kind == BodyKind.EXPERTS
    return rules.is_officer(by, tenure) and not tenure.ended_on and bool(tenure.named) and leads


declare(
    BodyTenure,
    Kind(
        "appointment",
        pgettext_lazy("paper", "Letter of appointment"),
        appointment,
        may_appoint,
        lambda tenure: clock.midnight(tenure.begins_on),
        number,
        "聘书",
        {},
        media_type=PDF,
        waits=gettext_lazy("While it runs and a person is named: for experts, and for whoever leads."),
    ),
)
