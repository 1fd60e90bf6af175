"""What can happen to a meeting: planned, convened with its roll, opened, closed; and how a roll is corrected before it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.workflow import STAYS, Actor, Refused, Workflow
from members import notices, rules
from members.choices import Assembly, MeetingState, MembershipState
from members.models import Attendance, Meeting, MemberUnit
from members.workflow.calling import late, line_for, roll_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

meetings = Workflow(MeetingState)
PLANNED, CONVENED, OPEN, CLOSED = MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN, MeetingState.CLOSED
OF_UNITS = (Assembly.MEMBERS, Assembly.COUNCIL)


@meetings.step(_("Convene"), PLANNED, to=CONVENED, allow=rules.is_officer, tone="go")
def convene(meeting: Meeting, *, by: Actor) -> None:
    """The roll is frozen as the register stands, and everybody on it is called; in time, or with the reason for urgency."""
    if why := late(meeting.assembly, meeting.term, meeting.held_at.astimezone(clock.SHANGHAI).date(), meeting.urgency):
        raise Refused(why)
    meeting.convened_at = clock.now()
    Attendance.objects.bulk_create(roll_of(meeting))
    notices.convened(meeting)


@meetings.step(_("Add to the roll"), CONVENED, to=STAYS, allow=rules.is_officer)
def add_to_roll(meeting: Meeting, *, by: Actor, whom: str, reason: str) -> None:
    """Somebody was left out: a complaint was right. Whoever is added is called as well."""
    line = new_line(meeting, whom)
    line.added_because = reason
    line.save()
    notices.convened(meeting, [line.pk])


def new_line(meeting: Meeting, whom: str) -> Attendance:
    """A line that is not on the roll yet: an active unit by its number, or a person by name where persons are called."""
    if meeting.assembly not in OF_UNITS:
        if meeting.attendances.filter(voter=whom, unit=None).exists():
            raise Refused(_("%(whom)s stands on the roll already.") % {"whom": whom})
        return Attendance(meeting=meeting, voter=whom)
    unit = MemberUnit.objects.filter(number__iexact=whom).prefetch_related("representatives").first()
    if unit is None:
        raise Refused(_("No member unit has this number."))
    if meeting.attendances.filter(unit=unit).exists():
        raise Refused(_("%(whom)s stands on the roll already.") % {"whom": unit})
    if unit.state != MembershipState.ACTIVE:
        raise Refused(_("%(unit)s has no vote: its membership is “%(state)s”.") % {"unit": unit, "state": unit.get_state_display()})
    return line_for(meeting, unit)


@meetings.step(_("Strike from the roll"), CONVENED, to=STAYS, allow=rules.is_officer, tone="stop")
def strike_from_roll(meeting: Meeting, *, by: Actor, whom: str, reason: str) -> None:
    """Somebody stands there by mistake; the line remains, struck, with the reason."""
    if not lines_of(meeting, whom).update(struck_at=clock.now(), struck_because=reason):
        raise Refused(_("%(whom)s does not stand on the roll.") % {"whom": whom})


def lines_of(meeting: Meeting, whom: str) -> QuerySet:
    """The line of a unit by its number, or of a person by name."""
    lines = meeting.attendances.called()
    return lines.filter(unit__number__iexact=whom) if meeting.assembly in OF_UNITS else lines.filter(unit=None, voter=whom)


@meetings.step(_("Open the meeting"), CONVENED, to=OPEN, allow=rules.is_officer, tone="go")
def open_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Sign-in begins."""
    meeting.opened_at = clock.now()


@meetings.step(_("Close the meeting"), OPEN, to=CLOSED, allow=rules.is_officer)
def close_meeting(meeting: Meeting, *, by: Actor) -> None:
    """Nobody signs in any more, and nothing more is resolved; what was not voted on is withdrawn first."""
    if waiting := ", ".join(meeting.motions.open().values_list("subject", flat=True)):
        raise Refused(
            _("These motions are still being voted on: %(motions)s. Close their votes or withdraw them first.") % {"motions": waiting}
        )
    meeting.closed_at = clock.now()
