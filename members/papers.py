"""Which papers are made about member units, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.documents.kinds import PDF, Kind, declare
from alliance.documents.words import ALLIANCE_ENGLISH, day
from members import rules
from members.choices import MembershipState
from members.models import Certificate

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor


def certificate(certificate: Certificate) -> dict[str, Any]:
    """Unit, member number, since when, for which term; a seat on the council has a paper of its own."""
    unit, term = certificate.unit, certificate.term
    last_day = certificate.valid_until or term.ends_on
    return {
        "subject": certificate.name,
        "name_en": unit.organisation.name_en,
        "member_number": unit.number,
        "admitted_on": day(unit.admitted_on),
        "admitted_on_en": f"{unit.admitted_on.day} {MONTHS[unit.admitted_on.month - 1]} {unit.admitted_on.year}",
        "term": str(term),
        "valid_until": day(last_day) if last_day else "本届任期届满之日",
        "alliance_en": ALLIANCE_ENGLISH,
    }


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def certificate_number(certificate: Certificate, moment: datetime) -> str:
    """The paper's number is the certificate's own."""
    return certificate.number


def may_make(by: Actor, certificate: Certificate) -> bool:
    """While it runs, and its unit has its rights."""
    return rules.is_officer(by, certificate) and not certificate.end and certificate.unit.state == MembershipState.ACTIVE


declare(
    Certificate,
    Kind(
        "certificate",
        pgettext_lazy("paper", "Certificate of membership"),
        certificate,
        may_make,
        lambda certificate: clock.midnight(certificate.issued_on),
        certificate_number,
        "会员证书",
        {},
        media_type=PDF,
    ),
)
