"""What can happen to a certificate once it is there: another copy, a longer life, the next term, its end, and its way to the unit."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.workflow import Actor, Refused, Workflow
from members import notices, rules
from members.choices import CertificateEnd, CertificateState
from members.models import Certificate, Dispatch
from members.workflow.certifying import end_certificate, new_certificate

VALID, SUSPENDED, EXPIRED = CertificateState.VALID, CertificateState.SUSPENDED, CertificateState.EXPIRED
certificates = Workflow(CertificateState)


@certificates.step(_("Issue again"), VALID, to=VALID, allow=rules.is_officer)
def reissue(certificate: Certificate, *, by: Actor, reason: str) -> None:
    """Another copy, because the first is lost or spoilt: it keeps its number, and says that it is another copy."""
    certificate.copies += 1
    certificate.reissued_on, certificate.reissue_reason, certificate.revised_at = clock.today(), reason, clock.now()


@certificates.step(_("Extend"), VALID, EXPIRED, to=VALID, allow=rules.is_officer, tone="go")
def extend(certificate: Certificate, *, by: Actor, good_until: date) -> None:
    """It is good for longer, within its term, under the same number (年检). A sealed PDF that names the earlier day is not handed out any more."""
    ends = certificate.term.ends_on
    if good_until < clock.today() or (certificate.last_day and good_until <= certificate.last_day):
        raise Refused(_("It is good until that day already, or the day is past."))
    if ends and good_until > ends:
        raise Refused(_("The term ends before that day: for the next term the certificate is renewed."))
    certificate.valid_until, certificate.revised_at, certificate.sealed = good_until, clock.now(), None


@certificates.step(_("Renew for the current term"), VALID, EXPIRED, to=CertificateState.REPLACED, allow=rules.may_renew, tone="go")
def renew(certificate: Certificate, *, by: Actor) -> None:
    """A new term has begun: a certificate of that term, under a number of its own, takes the place of this one."""
    end_certificate(certificate, CertificateEnd.REPLACED, reason=str(_("A new term has begun.")))
    certificate.successor = new_certificate(certificate.unit, by=by)


@certificates.step(_("Make void"), VALID, SUSPENDED, EXPIRED, to=CertificateState.VOID, allow=rules.is_officer, tone="stop")
def void(certificate: Certificate, *, by: Actor, reason: str) -> None:
    """It counts no more, and nothing takes its place."""
    end_certificate(certificate, CertificateEnd.VOID, reason=reason)


@certificates.step(_("Note that it was sent"), VALID, to=VALID, allow=rules.may_dispatch)
def dispatch(certificate: Certificate, *, by: Actor, courier: str, number: str, sent_on: date) -> None:
    """It went to its unit by courier, and the unit is told. The same parcel is noted once."""
    if certificate.dispatches.filter(number=number).exists():
        raise Refused(_("This certificate went under this number already."))
    sent = Dispatch.objects.create(certificate=certificate, courier=courier, number=number, sent_on=sent_on, noted_by=by)
    notices.certificate_sent(sent)
