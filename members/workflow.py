"""What can happen to a membership, and to a meeting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.facts.choices import Phase
from alliance.facts.models import facts
from alliance.facts.workflow import founding, reach_operation
from alliance.history.record import record
from alliance.numbering.models import take
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from members import notices, rules
from members.choices import Assembly, CertificateEnd, MeetingState, MembershipState, UnitType, VerifiedBy
from members.models import Attendance, Certificate, Contact, Meeting, MemberUnit, Organisation, Representative, Term, Verification

if TYPE_CHECKING:
    from django.db.models import Model

    from alliance.facts.models import Facts

membership = Workflow(MembershipState)
ACTIVE, SUSPENDED = MembershipState.ACTIVE, MembershipState.SUSPENDED


def admit(organisation: Organisation, *, on: date, by: Actor, representative: str, post: str = "", user: Model | None = None) -> MemberUnit:
    """The alliance takes `organisation` in: a member unit begins on this day, with its number and its first representative.

    Where certificates are issued already, it has one at once.
    Runs inside the step that decides it; a second running membership is refused by the database.
    """
    number = f"GBANEV-{take('member'):04d}"
    unit = MemberUnit.objects.create(organisation=organisation, number=number, admitted_on=on)
    Representative.objects.create(unit=unit, name=representative, post=post, user=user, since=on)
    if facts().certifies:
        new_certificate(unit, by=by)
    record(unit, "admit", by=by, after=unit.state)
    return unit


@transaction.atomic
def recognise(organisation: Organisation, *, by: Actor, document: str) -> MemberUnit:
    """One of the alliances that the department has recognised is a member unit by the notice itself, without a batch.

    The secretary-general puts it on the register, on the document that recognised it; who speaks for it stands in its contact.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not rules.is_secretary(by, organisation):
        raise NotAllowed(_("This step is not yours to take."), thing=organisation)
    if organisation.unit_type != UnitType.ALLIANCE:
        raise Refused(_("Only an alliance that the department has recognised is taken in without a batch."), thing=organisation)
    if organisation.memberships.running().exists():
        raise Refused(_("It is a member unit already."), thing=organisation)
    contact = Contact.objects.filter(organisation=organisation).first()
    if contact is None or not contact.representative:
        raise Refused(_("Nobody is named who speaks for it: import its representative first."), thing=organisation)
    Verification.objects.create(organisation=organisation, on=clock.today(), by=by, way=VerifiedBy.OTHER, note=document)
    unit = admit(organisation, on=clock.today(), by=by, representative=contact.representative)
    record(organisation, "recognise", by=by, inputs={"unit": unit, "document": document})
    return unit


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


@membership.step(_("Issue the certificate"), ACTIVE, to=ACTIVE, allow=rules.may_certify)
def issue_certificate(unit: MemberUnit, *, by: Actor) -> None:
    """The unit has a certificate, to the end of the term; the paper is made from it when it is asked for."""
    new_certificate(unit, by=by)


@membership.step(_("Replace the certificate"), ACTIVE, to=ACTIVE, allow=rules.may_replace_certificate)
def replace_certificate(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """What stands on it is true no more: a new one, under a number of its own, takes its place (换发)."""
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


meetings = Workflow(MeetingState)


@meetings.step(_("Convene"), MeetingState.PLANNED, to=MeetingState.CONVENED, allow=rules.is_officer, tone="go")
def convene(meeting: Meeting, *, by: Actor) -> None:
    """The roll is frozen from the active member units, and each is called."""
    if meeting.assembly == Assembly.MEMBERS:
        units = MemberUnit.objects.electorate(meeting.term).prefetch_related("representatives")
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, unit=unit, voter=getattr(unit.representative, "name", "")) for unit in units
        )
        notices.convened(meeting)


@meetings.step(_("Open the meeting"), MeetingState.CONVENED, to=MeetingState.OPEN, allow=rules.is_officer, tone="go")
def open_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Sign-in begins."""


@meetings.step(_("Close the meeting"), MeetingState.OPEN, to=MeetingState.CLOSED, allow=rules.is_officer)
def close_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Nobody signs in any more, and nothing more is resolved."""


@transaction.atomic
def sign_in(attendance: Attendance, *, by: Actor) -> None:
    """The unit is there. Signing in twice changes nothing."""
    meeting = Meeting.objects.select_for_update().get(pk=attendance.meeting_id)
    if not rules.is_officer(by, meeting):
        raise NotAllowed(_("This step is not yours to take."), thing=meeting)
    if meeting.state != MeetingState.OPEN:
        raise Refused(_("Sign-in is open only while the meeting is in session."), thing=meeting)
    if Attendance.objects.filter(pk=attendance.pk, signed_in_at=None).update(signed_in_at=clock.now()):
        record(meeting, "sign_in", by=by, inputs={"unit": attendance.unit_id})


@founding.step(_("Found the alliance"), Phase.FOUNDING, to=Phase.RUNNING, allow=rules.is_secretary, tone="go")
def found(facts: Facts, *, by: Actor, on: date, begins_on: date) -> None:
    """The founding meeting has founded the alliance on this day: prospective members are member units, and the first term begins."""
    if on > clock.today():
        raise Refused(_("That day is still to come."), thing=facts)
    if begins_on < on:
        raise Refused(_("A term does not begin before the alliance is founded."), thing=facts)
    facts.founded_on = on
    type(facts).objects.filter(pk=facts.pk).update(phase=facts.phase, founded_on=on)  # the letters of this step are the secretariat's
    term = Term.objects.select_for_update().order_by("number").first()
    term.begins_on, term.ends_on = begins_on, last_day(begins_on, facts.term_years)
    term.save(update_fields=["begins_on", "ends_on"])
    record(term, "begin", by=by, inputs={"begins_on": term.begins_on, "ends_on": term.ends_on})
    reach_operation(on)
    notices.founded(MemberUnit.objects.active().select_related("organisation"), on, begins_on)


def last_day(begins_on: date, years: int) -> date:
    """The day before the term's anniversary; one that begins on a leap day ends on a 27 February."""
    leap_day = (begins_on.month, begins_on.day) == (2, 29)
    return begins_on.replace(year=begins_on.year + years, day=28 if leap_day else begins_on.day) - timedelta(days=1)
