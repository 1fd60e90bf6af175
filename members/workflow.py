"""What can happen to a membership, and to a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.numbering.models import take
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from members import notices, rules
from members.choices import Assembly, CertificateEnd, MeetingState, MembershipState
from members.models import Attendance, Certificate, Meeting, MemberUnit, Organisation, Representative, Term

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

membership = Workflow(MembershipState)
ACTIVE, SUSPENDED = MembershipState.ACTIVE, MembershipState.SUSPENDED


def admit(organisation: Organisation, *, on: date, by: Actor, representative: str, post: str = "", user: Model | None = None) -> MemberUnit:
    """The alliance takes `organisation` in: a member unit begins on this day, with its number and its first representative.

    Runs inside the step that decides it; a second running membership is refused by the database.
    """
    number = f"GBANEV-{take('member'):04d}"
    unit = MemberUnit.objects.create(organisation=organisation, number=number, admitted_on=on)
    Representative.objects.create(unit=unit, name=representative, post=post, user=user, since=on)
    record(unit, "admit", by=by, after=unit.state)
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
    unit.certificates.void(clock.today(), str(MembershipState.RESIGNED.label))
    notices.unit_told(notices.RESIGNED, unit, key=f"resigned:{unit.pk}")


@membership.step(_("Issue the certificate"), ACTIVE, to=ACTIVE, allow=rules.may_certify)
def issue_certificate(unit: MemberUnit, *, by: Actor) -> None:
    """The unit has a certificate, to the end of the term; the paper is made from it when it is asked for."""
    new_certificate(unit, by=by)


@membership.step(_("Replace the certificate"), ACTIVE, to=ACTIVE, allow=rules.may_replace_certificate)
def replace_certificate(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """What stands on it is true no more: a new one, under a number of its own, takes its place (换发)."""
    old = unit.certificates.running().get()
    old.ended_on, old.end, old.end_reason = clock.today(), CertificateEnd.REPLACED, reason
    old.save(update_fields=["ended_on", "end", "end_reason"])
    old.successor = new_certificate(unit, by=by)
    old.save(update_fields=["successor"])


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
