"""How a certificate begins, is replaced, and ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.numbering.models import take
from alliance.workflow import Actor
from members import rules
from members.choices import CertificateEnd
from members.models import Certificate, MemberUnit, Term
from members.workflow.states import ACTIVE, membership


@membership.step(_("Issue the certificate"), ACTIVE, to=ACTIVE, allow=rules.may_certify)
def issue_certificate(unit: MemberUnit, *, by: Actor) -> None:
    """The unit has a certificate, to the end of the term; the paper is made from it when it is asked for."""
    new_certificate(unit, by=by)


@membership.step(_("Replace the certificate"), ACTIVE, to=ACTIVE, allow=rules.may_replace_certificate)
def replace_certificate(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """What stands on it is true no more: a new one, under a number of its own, takes its place (换发)."""
    replace_running(unit, by=by, reason=reason)


def replace_running(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """The certificate that runs is replaced by one that says what is true now."""
    old = unit.certificates.running().get()
    end_certificate(old, CertificateEnd.REPLACED, reason=reason)
    old.successor = new_certificate(unit, by=by)
    old.save(update_fields=["successor"])


def end_certificate(certificate: Certificate, how: CertificateEnd, *, reason: str) -> None:
    """It counts no more from today."""
    certificate.ended_on, certificate.end, certificate.end_reason = clock.today(), how, reason
    certificate.save(update_fields=["ended_on", "end", "end_reason"])


def new_certificate(unit: MemberUnit, *, by: Actor) -> Certificate:
    """GBANEV-0120210037: the term, the year, and its place among the certificates of both; given once, never again."""
    term, today = Term.objects.current(), clock.today()
    run = f"{term.number:02d}{today.year}"
    return Certificate.objects.create(
        unit=unit,
        number=f"GBANEV-{run}{take(f'certificate {run}'):04d}",
        term=term,
        name=unit.organisation.name,
        issued_on=today,
        issued_by=by,
    )
