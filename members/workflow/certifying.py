"""How a certificate begins, is replaced, and ends."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.documents.numbers import SERIES
from alliance.facts.choices import CertificateNumbers, CertificateValidity
from alliance.facts.models import facts
from alliance.numbering.models import take
from alliance.workflow import Actor
from members import rules
from members.choices import CertificateEnd
from members.models import Certificate, MemberUnit, Term
from members.workflow.inaugurating import last_day
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
    """The unit's certificate of the current term, under a number of its own, which is given once and never again."""
    term, today = Term.objects.current(), clock.today()
    return Certificate.objects.create(
        unit=unit,
        number=next_number(term, today),
        term=term,
        name=unit.organisation.name,
        issued_on=today,
        valid_until=good_until(term, today),
        issued_by=by,
    )


def next_number(term: Term, day: date) -> str:
    """GBANEV-0120210037: the term, the year, and the place among the certificates of both; or 湾新汽联会字〔2021〕第0037号, counted by the year alone."""
    if facts().certificate_numbers == CertificateNumbers.CHINESE:
        return f"{SERIES}会字〔{day.year}〕第{take(f'certificate {SERIES} {day.year}'):04d}号"
    run = f"{term.number:02d}{day.year}"
    return f"GBANEV-{run}{take(f'certificate {run}'):04d}"


def good_until(term: Term, day: date) -> date | None:
    """A year from this day, where certificates are certified yearly, but never beyond the term; else the end of the term, which is read from it."""
    if facts().certificate_validity != CertificateValidity.YEAR:
        return None
    last = last_day(day, 1)
    return min(last, term.ends_on) if term.ends_on and term.ends_on >= day else last
