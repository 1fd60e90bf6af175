"""Which papers are made about member units, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.documents.kinds import PDF, Kind, declare
from alliance.documents.words import ALLIANCE_ENGLISH, day
from alliance.numbering.models import take
from members import rules
from members.choices import MembershipState
from members.models import MemberUnit, Term

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor


def certificate(unit: MemberUnit) -> dict[str, Any]:
    """Unit, member number, since when, for which term; a seat on the council has a paper of its own."""
    term = Term.objects.current()
    return {
        "subject": unit.organisation.name,
        "name_en": unit.organisation.name_en,
        "member_number": unit.number,
        "admitted_on": day(unit.admitted_on),
        "admitted_on_en": f"{unit.admitted_on.day} {MONTHS[unit.admitted_on.month - 1]} {unit.admitted_on.year}",
        "term": str(term),
        "valid_until": day(term.ends_on) if term.ends_on else "本届任期届满之日",
        "alliance_en": ALLIANCE_ENGLISH,
    }


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def certificate_number(unit: MemberUnit, moment: datetime) -> str:
    """GBANEV-0120210037: the term, the year, and its place among the certificates of both; given once, kept when issued again."""
    run = f"{Term.objects.current().number:02d}{moment.astimezone(clock.SHANGHAI).year}"
    return f"GBANEV-{run}{take(f'certificate {run}'):04d}"


def may_certify(by: Actor, unit: MemberUnit) -> bool:
    return rules.is_officer(by, unit) and unit.state == MembershipState.ACTIVE


declare(
    MemberUnit,
    Kind(
        "certificate",
        pgettext_lazy("paper", "Certificate of membership"),
        certificate,
        may_certify,
        lambda unit: clock.midnight(unit.admitted_on),
        certificate_number,
        "会员证书",
        {},
        media_type=PDF,
    ),
)
