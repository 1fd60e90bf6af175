"""What can happen to a meeting."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from members import notices, rules
from members.choices import Assembly, MeetingState
from members.models import Attendance, Meeting, MemberUnit

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
