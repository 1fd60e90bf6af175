"""Which papers are made about member units, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.documents.kinds import PDF, Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import contact, day
from alliance.facts.models import facts
from members import rules
from members.choices import MembershipState
from members.models import Certificate, MemberUnit

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
        "alliance_en": facts().name_en,
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


def confirmation(unit: MemberUnit) -> dict[str, Any]:
    """That the unit is a prospective member, under which number and who represents it: until the founding this stands for the certificate."""
    return {
        "subject": unit.organisation.name,
        "member_number": unit.number,
        "admitted_on": day(unit.admitted_on),
        "representative": getattr(unit.representative, "name", "") or "待定",
        "contact": contact(),
    }


def may_confirm(by: Actor, unit: MemberUnit) -> bool:
    """While the alliance is being founded and issues no certificates yet."""
    return rules.is_officer(by, unit) and unit.state == MembershipState.ACTIVE and not facts().certifies


declare(
    MemberUnit,
    Kind(
        "confirmation",
        pgettext_lazy("paper", "Confirmation letter"),
        confirmation,
        may_confirm,
        lambda unit: clock.midnight(unit.admitted_on),
        document_number,
        "准成员确认函",
        {
            "subject": "深圳演示新能源科技有限公司",
            "member_number": "GBANEV-0001",
            "admitted_on": "2021年3月18日",
            "representative": "李范二",
            "contact": "请通过联盟门户咨询。",
        },
    ),
)
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
