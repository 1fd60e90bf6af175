"""How somebody signs in at a meeting, and how that is undone; who is excused; who votes by proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance import clock
from alliance.files.forms import keep
from alliance.history.record import Code, record
from alliance.prepared import Prepared
from alliance.workflow import Actor, NotAllowed, Refused, to_hold
from members import rules
from members.choices import Matter, MeetingState, SignedIn
from members.models import Attendance, Meeting, MemberUnit, Proxy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alliance.accounts.models import User
    from alliance.files.checking import Checked
    from members.models import Term


LINE = Prepared(
    lambda key: Attendance.objects.select_for_update(of=("self",)).select_related("meeting__term", "unit__organisation").filter(pk=key)
)


def held_line(attendance: Attendance) -> Attendance:
    """The line as it stands, its meeting locked first and then itself."""
    to_hold(Meeting).get(attendance.meeting_id)
    line = LINE.get(attendance.pk)
    prefetch_related_objects([line], "proxies")
    return line


@transaction.atomic
def sign_in(attendance: Attendance, *, by: Actor, way: SignedIn = SignedIn.DOOR) -> bool:
    """The unit is there: an officer says so, or by phone whoever casts its vote. Signing in twice changes nothing; says whether it did."""
    line = held_line(attendance)
    allowed = rules.casts_vote(by, line) if way == SignedIn.PHONE else rules.is_officer(by, line.meeting)
    if not allowed:
        raise NotAllowed(thing=line.meeting)
    if line.meeting.state != MeetingState.OPEN:
        raise Refused(_("Sign-in is open only while the meeting is in session."), thing=line.meeting)
    if line.struck_at:
        raise Refused(_("%(whom)s was struck from the roll.") % {"whom": line}, thing=line.meeting)
    if line.signed_in_at:
        return False
    line.signed_in_at, line.way, line.came, line.absent_because = clock.now(), way, who_comes(line, by, way), ""
    line.save(update_fields=["signed_in_at", "way", "came", "absent_because"])
    record(line.meeting, "sign_in", by=by, inputs={"unit": line.unit_id, "line": line.pk, "way": Code(way)})
    return True


def who_comes(line: Attendance, by: Actor, way: SignedIn) -> str:
    """By phone, the person whose account it is: the representative may come although a proxy was given; at the door, who is expected."""
    if way == SignedIn.PHONE and line.proxy and line.proxy.user_id != getattr(by, "pk", None):
        return line.voter
    return line.person


@transaction.atomic
def undo_sign_in(attendance: Attendance, *, by: Actor, reason: str) -> None:
    """The wrong line was tapped: it is as if nobody had come. Who has voted was there."""
    line = held_line(attendance)
    if not rules.is_officer(by, line.meeting):
        raise NotAllowed(thing=line.meeting)
    if line.meeting.state != MeetingState.OPEN or line.signed_in_at is None:
        raise Refused(_("There is no sign-in to undo, or the meeting is over."), thing=line.meeting)
    if line.votes.exists():
        raise Refused(_("%(whom)s has voted on a motion: the sign-in stays.") % {"whom": line}, thing=line.meeting)
    line.signed_in_at, line.way, line.came, line.undone_because = None, "", "", reason
    line.save(update_fields=["signed_in_at", "way", "came", "undone_because"])
    record(line.meeting, "undo_sign_in", by=by, inputs={"unit": line.unit_id, "line": line.pk, "reason": reason})


@transaction.atomic
def enter_sheet(meeting: Meeting, *, by: Actor, signed: set[int], absent: Mapping[int, str]) -> int:
    """What the printed sheet says: who signed, and why others did not come. Says how many were signed in by it; what stands stays."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not rules.is_officer(by, meeting):
        raise NotAllowed(thing=meeting)
    if meeting.state != MeetingState.OPEN:
        raise Refused(_("Sign-in is open only while the meeting is in session."), thing=meeting)
    lines = {line.pk: line for line in meeting.attendances.absent().prefetch_related("proxies").filter(pk__in={*signed, *absent})}
    now = clock.now()
    for line in lines.values():
        if line.pk in signed:
            line.signed_in_at, line.way, line.came, line.absent_because = now, SignedIn.PAPER, line.person, ""
        else:
            line.absent_because = absent[line.pk]
    Attendance.objects.bulk_update(lines.values(), ["signed_in_at", "way", "came", "absent_because"], batch_size=200)
    came = [pk for pk in lines if pk in signed]
    if came:
        record(meeting, "enter_sheet", by=by, inputs={"lines": came, "way": Code(SignedIn.PAPER)})
    return len(came)


@transaction.atomic
def give_proxy(
    attendance: Attendance,
    *,
    by: User,
    name: str,
    post: str,
    account: User | None = None,
    paper_given: bool = False,
    paper: Checked | None = None,
) -> Proxy:
    """Another person of the same unit votes for it: recorded by the office, or by the unit itself before the meeting opens."""
    line = held_line(attendance)
    may_give(line, by)
    against_strangers(line, name, account)
    line.proxies.filter(revoked_at=None).update(revoked_at=clock.now())
    said = {"name": name, "post": post, "user": account, "paper_given": paper_given, "given_by": by}
    proxy = Proxy.objects.create(attendance=line, **said)
    if paper:
        keep(paper, about=proxy, by=by)
    record(line.meeting, "give_proxy", by=by, inputs={"unit": line.unit_id, "proxy": proxy.pk})
    return proxy


@transaction.atomic
def take_proxy_back(attendance: Attendance, *, by: User) -> None:
    """The representative votes after all."""
    line = held_line(attendance)
    may_give(line, by)
    if not line.proxies.filter(revoked_at=None).update(revoked_at=clock.now()):
        raise Refused(_("There is no proxy to take back."), thing=line.meeting)
    record(line.meeting, "take_proxy_back", by=by, inputs={"unit": line.unit_id})


def may_give(line: Attendance, by: Actor) -> None:
    """The unit until the meeting opens, the office until somebody has signed in for the unit."""
    is_office = rules.is_officer(by, line.meeting)
    if line.unit is None or not (is_office or rules.speaks_for_unit(by, line.unit)):
        raise NotAllowed(thing=line.meeting)
    if line.struck_at or line.meeting.state not in (MeetingState.CONVENED, *([MeetingState.OPEN] if is_office else [])):
        raise Refused(_("Proxies are recorded between the call to the meeting and its opening."), thing=line.meeting)
    if line.signed_in_at:
        raise Refused(_("%(who)s has signed in for %(unit)s already.") % {"who": line.came, "unit": line}, thing=line.meeting)


def against_strangers(line: Attendance, name: str, account: User | None) -> None:
    """Refused, where this person cannot be the unit's proxy: a proxy is of the same unit, and a vote is not gathered in another's hand."""
    if name == line.voter:
        raise Refused(_("%(name)s represents the unit already, and needs no proxy.") % {"name": name}, thing=line.meeting, about="name")
    if account and not MemberUnit.objects.of(account).filter(pk=line.unit_id).exists():
        why = _("This account does not act for %(unit)s: a proxy is another person of the same unit.") % {"unit": line.unit}
        raise Refused(why, thing=line.meeting, about="account")
    others = Attendance.objects.called().filter(meeting=line.meeting).exclude(pk=line.pk).select_related("unit__organisation")
    other = others.filter(voter=name).first() or others.filter(proxies__name=name, proxies__revoked_at=None).first()
    if other:
        why = _(
            "%(name)s votes for %(other)s at this meeting: a unit does not vote for another. If it is a namesake, please write the post behind the name."
        ) % {"name": name, "other": other}
        raise Refused(why, thing=line.meeting, about="name")


def lacking(meeting: Meeting) -> str:
    """Why a meeting cannot resolve now, with its numbers; or nothing where its quorum is there."""
    return short_of_quorum(meeting.eligible, meeting.present, meeting.term)


def short_of_quorum(eligible: int, present: int, term: Term) -> str:
    """The same of any that are called: of nobody there is no quorum."""
    least = term.rule(Matter.QUORUM).threshold.least(eligible)
    if eligible and present >= least:
        return ""
    return ngettext(
        "There is no quorum: %(present)d of %(eligible)d called has signed in, and %(least)d have to be there.",
        "There is no quorum: %(present)d of %(eligible)d called have signed in, and %(least)d have to be there.",
        present,
    ) % {"present": present, "eligible": eligible, "least": least}
