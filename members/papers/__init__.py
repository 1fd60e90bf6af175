"""Which papers are made about member units, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import contact, day
from alliance.facts.models import facts
from members import rules
from members.choices import MembershipState
from members.models import MemberUnit
from members.papers import appointments, certificates, meetings, printing, resolutions, tables  # noqa: F401 — each declares its papers, or its long work

if TYPE_CHECKING:
    from alliance.workflow import Actor


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
        waits=gettext_lazy("While the alliance is being founded and issues no certificates."),
    ),
)
