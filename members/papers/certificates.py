"""The certificate of membership as a paper, and what stands on its face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from alliance import clock
from alliance.documents import codes
from alliance.documents.kinds import PDF, Kind, declare
from alliance.documents.making import CHINESE, make
from alliance.documents.models import Paper
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.workflow import NotAllowed
from members import rules
from members.choices import CertificateState
from members.models import Certificate

if TYPE_CHECKING:
    from datetime import date, datetime

    from alliance.facts.models import Facts
    from alliance.workflow import Actor

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MEMBER, PROSPECTIVE = ("会员单位", "a member unit"), ("准成员单位", "a prospective member unit")
GOOD = (CertificateState.VALID, CertificateState.EXPIRED)


def certificate(certificate: Certificate) -> dict[str, Any]:
    """Unit, member number, since when, for which term; a seat on the council has a paper of its own."""
    return words_of(certificate, facts())


def words_of(certificate: Certificate, known: Facts) -> dict[str, Any]:
    unit, last_day = certificate.unit, certificate.last_day
    post, post_en = PROSPECTIVE if known.is_founding else MEMBER
    return {
        "subject": certificate.name,
        "name_en": unit.organisation.name_en,
        "member_number": unit.number,
        "admitted_on": day(unit.admitted_on),
        "admitted_on_en": in_english(unit.admitted_on),
        "term": str(certificate.term),
        "valid_until": day(last_day) if last_day else "本届任期届满之日",
        "alliance_en": known.name_en,
        "post": post,
        "post_en": post_en,
        "is_copy": certificate.copies > 0,
        "reissued_on": day(certificate.reissued_on) if certificate.reissued_on else "",
        "qr": code(certificate),
    }


def in_english(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def code(certificate: Certificate) -> str:
    """A QR code that leads to its verification, as SVG; the mask is a fixed one, since to weigh all eight takes longer than all the rest."""
    return codes.on_paper(settings.SITE_URL + reverse("verify_code", args=[certificate.code]), mask=2)


def face(certificate: Certificate, known: Facts) -> dict[str, Any]:
    """All that stands on it, where no paper of it is kept: for stock that was printed beforehand."""
    dated = {"number": certificate.number, "date": day(certificate.issued_on), "issued_by": known.name_hans, "issue": 1}
    with override(CHINESE):
        return words_of(certificate, known) | dated


def certificate_number(certificate: Certificate, moment: datetime) -> str:
    """The paper's number is the certificate's own."""
    return certificate.number


def may_make(by: Actor, certificate: Certificate) -> bool:
    """While it counts and its unit has its rights: by an officer; a member unit has its own made when it asks for it."""
    is_theirs = rules.is_officer(by, certificate) or rules.acts_for_unit(by, certificate.unit)
    return is_theirs and certificate.standing in GOOD and certificate.unit.state == "active"


def paper_of(certificate: Certificate) -> Paper | None:
    """The paper that says what is true of it now: an earlier issue, made before another copy or a longer life, is not handed out."""
    last = Paper.objects.of_occasion(KIND.name, certificate, "").first()
    return last if last and last.made_at >= certificate.revised_at else None


def made(certificate: Certificate, *, by: Actor) -> Paper:
    """Its paper: the one that is there, or a new issue; for whoever may make it."""
    paper = paper_of(certificate)
    if paper and not may_make(by, certificate):
        raise NotAllowed(_("This paper cannot be made now, or not by you."), thing=certificate)
    return paper or make(KIND, certificate, by=by)


KIND = Kind(
    "certificate",
    pgettext_lazy("paper", "Certificate of membership"),
    certificate,
    may_make,
    lambda certificate: clock.midnight(certificate.issued_on),
    certificate_number,
    "会员证书",
    {},
    media_type=PDF,
    waits=_("While it counts and its unit has its rights."),
)
declare(Certificate, KIND)
