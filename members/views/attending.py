"""The meeting for whoever casts a vote of it: what is on, signing in by phone, and named votes on ordinary motions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, signed_in
from alliance.text import key
from members import workflow
from members.choices import Choice, MeetingState, MotionState, SignedIn
from members.models import Meeting, Vote
from members.views.hall import is_code_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from members.models import Attendance


def mine(request: HttpRequest, uuid: UUID) -> Meeting:
    """A meeting to which I am called; anybody else's is not found."""
    return get_object_or_404(Meeting.objects.of(request.user).select_related("term"), uuid=uuid)


def my_lines(request: HttpRequest, meeting: Meeting) -> QuerySet:
    return meeting.attendances.of(request.user).named()


@open_to(signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Agenda, and what I may vote on while it is open; a vote can be changed until the motion is closed."""
    found = mine(request, uuid)
    lines = my_lines(request, found)
    if request.method == "POST":
        return vote(request, found, lines)
    context = {
        "meeting": found,
        "lines": lines,
        "agenda": found.agenda.all(),
        "ballots": ballots(found, [line for line in lines if line.signed_in_at]),
        "choices": Choice.choices,
        "resolved": found.motions.filter(state=MotionState.CLOSED).select_related("resolution__meeting"),
    }
    return render(request, "members/meeting.html", context)


def vote(request: HttpRequest, found: Meeting, lines: QuerySet) -> HttpResponse:
    """One vote of mine on one motion."""
    choice, line = request.POST.get("choice", ""), key(request.POST.get("line", "")) or 0
    if choice not in Choice.values or not lines.filter(pk=line).exists():
        raise Http404
    motion = get_object_or_404(found.motions.all(), pk=key(request.POST.get("motion", "")) or 0)
    workflow.cast(motion, {line: choice}, by=request.user)
    messages.success(request, _("Your vote on “%(motion)s”: %(choice)s.") % {"motion": motion, "choice": Choice(choice).label})
    return redirect("members_meeting", found.uuid)


def ballots(found: Meeting, present: list[Attendance]) -> list[dict[str, Any]]:
    """What each of my lines may vote on now, and how it has."""
    motions = list(found.motions.by_phone()) if found.is_electronic and present else []
    votes = Vote.objects.filter(motion__in=motions, attendance__in=present)
    standing = {(each.motion_id, each.attendance_id): each.choice for each in votes}
    return [{"motion": each, "line": line, "choice": standing.get((each.pk, line.pk), "")} for each in motions for line in present]


@open_to(signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where the code on the hall's screen leads: I confirm that I am there. Looking at the page signs nobody in."""
    found = mine(request, uuid)
    lines = my_lines(request, found)
    code = request.POST.get("code", "") if request.method == "POST" else request.GET.get("code", "")
    is_good = found.state == MeetingState.OPEN and is_code_of(found, code)
    if request.method == "POST" and is_good:
        for line in lines.absent():
            workflow.sign_in(line, by=request.user, way=SignedIn.PHONE)
        messages.success(request, _("You have signed in."))
        return redirect("members_meeting", found.uuid)
    return render(request, "members/sign_in.html", {"meeting": found, "lines": lines, "code": code, "is_good": is_good})
