"""What can happen to a motion: put to the vote under a frozen rule, voted on, and from then on a resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import Code, record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from members import rules
from members.choices import Choice, Counted, MeetingState, MotionState
from members.models import Meeting, Motion, Resolution, Vote
from members.workflow.attending import lacking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alliance.accounts.models import User
    from members.models import Attendance

motions = Workflow(MotionState)
PREPARED, OPEN, CLOSED = MotionState.PREPARED, MotionState.OPEN, MotionState.CLOSED
RULE = ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base")
NAMED_FIRST = 5  # of those without a vote


def hold_meeting(motion: Motion) -> None:
    """The coarser lock first: who is present does not change while it is counted."""
    Meeting.objects.select_for_update().get(pk=motion.meeting_id)


@motions.step(_("Put to the vote"), PREPARED, to=OPEN, allow=rules.is_officer, tone="go", lock=hold_meeting)
def open_motion(motion: Motion, *, by: Actor) -> None:
    """The rule of the term is frozen with the motion; with a quorum, in a meeting that is in session."""
    refuse_unfit(motion.meeting)
    motion.eligible, motion.opened_at = motion.meeting.eligible, clock.now()
    rule = motion.meeting.term.rule(motion.weight)
    for name in RULE:
        setattr(motion, name, getattr(rule, name))


def refuse_unfit(meeting: Meeting) -> None:
    if meeting.state != MeetingState.OPEN:
        raise Refused(_("The meeting is not in session."))
    if why := lacking(meeting):
        raise Refused(why)


@motions.step(_("Enter the count"), OPEN, to=CLOSED, allow=rules.counts_hands, tone="go", lock=hold_meeting)
def count_hands(motion: Motion, *, by: Actor, in_favour: int, against: int, abstaining: int) -> None:
    """The tellers' figures of a show of hands; they add up to those present."""
    refuse_unfit(motion.meeting)
    present = motion.meeting.present
    if why := unbalanced(present, in_favour, against, abstaining):
        raise Refused(why)
    resolve(motion, present, in_favour, against, abstaining)


def unbalanced(present: int, in_favour: int, against: int, abstaining: int) -> str:
    """Why a count cannot be right, with its numbers; or nothing where it adds up."""
    counted = in_favour + against + abstaining
    if counted == present:
        return ""
    return _("For %(favour)d, against %(against)d and abstaining %(abstaining)d make %(counted)d, but %(present)d are present.") % {
        "favour": in_favour, "against": against, "abstaining": abstaining, "counted": counted, "present": present,
    }  # fmt: skip


@motions.step(_("Close the vote"), OPEN, to=CLOSED, allow=rules.closes_vote, tone="go", lock=hold_meeting)
def close_vote(motion: Motion, *, by: Actor) -> None:
    """Everybody present has a named vote; they are added up."""
    refuse_unfit(motion.meeting)
    without = motion.meeting.attendances.present().exclude(votes__motion=motion).select_related("unit__organisation")
    if missing := without.count():
        named = ", ".join(each.name for each in without[:NAMED_FIRST])
        raise Refused(_("%(count)d of those present have no vote yet: %(named)s.") % {"count": missing, "named": named})
    resolve(motion, motion.meeting.present, *(motion.votes.filter(choice=choice).count() for choice in Choice))


def resolve(motion: Motion, present: int, in_favour: int, against: int, abstaining: int) -> None:
    """The motion becomes a resolution, passed or not, with the rule under which it was voted on."""
    rule = {name: getattr(motion, name) for name in RULE}
    counts = {"eligible": motion.eligible, "present": present, "in_favour": in_favour, "against": against, "abstaining": abstaining}
    motion.resolution = Resolution.objects.create(meeting=motion.meeting, subject=motion.subject, **counts, **rule)


@motions.step(_("Withdraw the motion"), PREPARED, OPEN, to=MotionState.WITHDRAWN, allow=rules.is_officer, tone="stop")
def withdraw_motion(motion: Motion, *, by: Actor, reason: str) -> None:
    """It is not voted on any more; votes that were cast count for nothing."""
    motion.withdrawn_because = reason


@transaction.atomic
def cast(motion: Motion, votes: Mapping[int, str], *, by: User) -> int:
    """Named votes, by the line of the roll: entered by an officer, or each voter's own where the portal takes it. Says how many were new or changed."""
    hold_meeting(motion)
    motion = Motion.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=motion.pk)
    if motion.state != OPEN or motion.way != Counted.NAMED:
        raise Refused(_("This motion is not being voted on by name."), thing=motion)
    lines = {line.pk: line for line in motion.meeting.attendances.present().filter(pk__in=votes).prefetch_related("proxies")}
    if any(not may_cast(by, motion, line) for line in lines.values()):
        raise NotAllowed(thing=motion)
    if set(votes) - set(lines):
        raise Refused(_("Only those who have signed in vote."), thing=motion)
    standing = dict(motion.votes.values_list("attendance", "choice"))
    changed = {key: Choice(choice) for key, choice in votes.items() if standing.get(key) != choice}
    for key, choice in changed.items():
        said = {"choice": choice, "cast_by": by, "cast_at": clock.now()}
        Vote.objects.update_or_create(motion=motion, attendance_id=key, defaults=said)
    if changed:
        record(motion, "cast", by=by, inputs={"lines": [*changed], "votes": [Code(choice) for choice in changed.values()]})
    return len(changed)


def may_cast(by: Actor, motion: Motion, line: Attendance) -> bool:
    """Officers; and the voters themselves, on what is voted on by phone."""
    return rules.is_officer(by, motion.meeting) or (motion.is_voted_by_phone and rules.casts_vote(by, line))
