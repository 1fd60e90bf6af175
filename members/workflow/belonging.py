"""What can happen to a membership while it runs, and how it ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.workflow import Actor
from members import notices, rules
from members.choices import CertificateEnd, MembershipState
from members.models import MemberUnit
from members.workflow.certifying import end_certificate
from members.workflow.states import ACTIVE, SUSPENDED, membership


@membership.step(_("Suspend"), ACTIVE, to=SUSPENDED, allow=rules.is_officer, tone="stop")
def suspend(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """The unit's rights rest: it has no vote, but keeps its seat."""
    notices.unit_told(notices.SUSPENDED, unit, key=f"suspended:{unit.pk}:{clock.now():%Y%m%d%H%M%S}", reason=reason)


@membership.step(_("Reinstate"), SUSPENDED, to=ACTIVE, allow=rules.is_officer, tone="go")
def reinstate(unit: MemberUnit, *, by: Actor) -> None:
    """The unit has its rights again."""
    notices.unit_told(notices.REINSTATED, unit, key=f"reinstated:{unit.pk}:{clock.now():%Y%m%d%H%M%S}")


@membership.step(_("Record resignation"), ACTIVE, SUSPENDED, to=MembershipState.RESIGNED, allow=rules.is_officer, tone="stop")
def resign(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """The unit leaves by its own written notice; its seat is vacant from this day."""
    unit.ended_on, unit.end_reason = clock.today(), reason
    for certificate in unit.certificates.running():
        end_certificate(certificate, CertificateEnd.VOID, reason=reason)
    notices.unit_told(notices.RESIGNED, unit, key=f"resigned:{unit.pk}")
