"""The certificate of post (任职证书): for a unit on its seat, and for the person who fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, override, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import PDF, Kind, declare, declare_beside
from alliance.documents.numbers import SERIES
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.numbering.models import take
from council import rules
from council.models import PersonTenure, UnitTenure
from members.choices import Direction, Tier
from members.models import MemberUnit, Term

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

    from alliance.workflow import Actor

OF_PERSONS = {Tier.CHAIR: ("理事长", "Chair"), Tier.VICE_CHAIR: ("副理事长", "Vice-chair"), Tier.DIRECTOR: ("理事", "Director")}


def of_unit(tenure: UnitTenure) -> dict[str, Any]:
    """The unit, which seat, from when until when."""
    with override("en"):
        post_en = str(Tier(tenure.seat.tier).label)
    return said(tenure.unit.organisation.name, "", str(tenure.seat.get_tier_display()), post_en, tenure)


def of_person(person: PersonTenure) -> dict[str, Any]:
    """The person of the unit, on its seat."""
    tenure = person.unit_tenure
    post, post_en = OF_PERSONS[Tier(tenure.seat.tier)]
    unit, representative = tenure.unit.organisation.name, person.representative
    return said(representative.name, f"{unit} {representative.post}", post, f"{post_en} of the council", tenure) | {
        "period": period(person, tenure.term)
    }


def said(subject: str, affiliation: str, post: str, post_en: str, tenure: UnitTenure) -> dict[str, Any]:
    direction = tenure.seat.direction
    return {
        "subject": subject,
        "affiliation": affiliation,
        "post": post,
        "post_en": post_en,
        "direction": f"{Direction(direction).label}方向" if direction else "",
        "term": str(tenure.term),
        "period": period(tenure, tenure.term),
        "way": "增补" if tenure.resolution_id else "当选",
        "alliance_en": facts().name_en,
    }


def period(tenure: UnitTenure | PersonTenure, term: Term) -> str:
    """自……起; to the end of the term, as far as that is settled."""
    ends = term.ends_on
    return f"{day(tenure.begins_on)}至{day(ends)}" if ends and ends > tenure.begins_on else f"自{day(tenure.begins_on)}起"


def number(tenure: object, moment: datetime) -> str:
    """湾新汽联任字〔2021〕第0001号, counted by the year."""
    year = moment.astimezone(clock.SHANGHAI).year
    return f"{SERIES}任字〔{year}〕第{take(f'post {SERIES} {year}'):04d}号"


def in_office(by: Actor, tenure: UnitTenure) -> bool:
    return rules.is_officer(by, tenure) and tenure.ended_on is None and tenure.unit.is_running


def fills_a_seat(by: Actor, person: PersonTenure) -> bool:
    return person.ended_on is None and in_office(by, person.unit_tenure)


def held(rows: QuerySet) -> QuerySet:
    return rows.running()


def filled(rows: QuerySet) -> QuerySet:
    return rows.filter(ended_on=None, unit_tenure__in=UnitTenure.objects.running())


def certificate(
    name: str, label: Any, words: Callable[[Any], dict[str, Any]], may: Callable[[Any, Any], bool], due: Callable[[Any], Any]
) -> Kind:
    return Kind(
        name, label, words, may, lambda t: clock.midnight(t.begins_on), number, "任职证书", {}, media_type=PDF,
        waits=gettext_lazy("While the seat is held."), due=due,
    )  # fmt: skip


declare(UnitTenure, certificate("post_of_unit", pgettext_lazy("paper", "Certificate of post of the unit"), of_unit, in_office, held))
declare(
    PersonTenure,
    certificate("post_of_person", pgettext_lazy("paper", "Certificate of post of the person"), of_person, fills_a_seat, filled),
)
for owner, through in ((MemberUnit, "unit"), (Term, "term")):
    declare_beside(
        owner,
        lambda thing, through=through: UnitTenure.objects.filter(**{through: thing}),
        lambda thing, through=through: PersonTenure.objects.filter(**{f"unit_tenure__{through}": thing}),
    )
