"""The door of a meeting: sign-in by an officer at a tablet, and the printed sheet entered afterwards."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to
from alliance.files.models import StoredFile
from alliance.text import key, posted, refuse_hidden
from members import rules, workflow
from members.choices import MeetingState
from members.forms.meetings import ProxyForm, UndoForm
from members.models import Proxy
from members.views.hall import called, figures

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from members.models import Attendance, Meeting

SHORTEST, LONGEST = 2, 60  # characters of a search
MOST_FOUND, LATEST, A_PAGE = 30, 10, 100
LONGEST_REASON = 200


@open_to(rules.conducts_meetings)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Two characters of a name find the line, one tap signs in; a wrong tap is undone with its reason."""
    meeting = called(uuid)
    if request.method == "POST":
        line = line_in(meeting, request.POST.get("line", ""))
        if "undo" in request.POST:
            return undo(request, meeting, line)
        is_new = workflow.sign_in(line, by=request.user)
        said = _("Signed in: %(line)s.") if is_new else _("%(line)s has signed in already.")
        messages.success(request, said % {"line": line})
        return redirect("members_door", meeting.uuid)
    return door_page(request, meeting)


def line_in(meeting: Meeting, typed: str) -> Attendance:
    """A line of this meeting's roll."""
    return get_object_or_404(meeting.attendances.select_related("meeting", "unit__organisation"), pk=key(typed) or 0)


def undo(request: HttpRequest, meeting: Meeting, line: Attendance) -> HttpResponse:
    form = UndoForm(request.POST)
    if not form.is_valid():
        return door_page(request, meeting, undoing=line, form=form)
    workflow.undo_sign_in(line, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Undone: %(line)s has not signed in.") % {"line": line})
    return redirect("members_door", meeting.uuid)


def door_page(request: HttpRequest, meeting: Meeting, **shown: Any) -> HttpResponse:
    words = " ".join(request.GET.get("q", "")[:LONGEST].split())
    undoing = shown.get("undoing") or (line_in(meeting, request.GET["undo"]) if "undo" in request.GET else None)
    lines = meeting.attendances.called().named()
    context = figures(meeting) | {
        "words": words,
        "too_short": 0 < len(words) < SHORTEST,
        "found": lines.found_by(words)[:MOST_FOUND] if len(words) >= SHORTEST else None,
        "latest": lines.present().order_by("-signed_in_at", "-pk")[:LATEST],
        "undoing": undoing,
        "form": shown.get("form") or UndoForm(),
    }
    return render(request, "members/door.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if "form" in shown else HTTPStatus.OK)


@open_to(rules.conducts_meetings)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The printed sign-in sheet, in its order: ticks for who signed, and a reason for who did not come. Also after a hall without network."""
    meeting = called(uuid)
    page = Paginator(meeting.attendances.called().named(), A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        signed = {pk for typed in request.POST.getlist("signed") if (pk := key(typed))}
        absent = {line.pk: typed for line in page if (typed := reason_of(request, line)) != line.absent_because}
        count = workflow.enter_sheet(meeting, by=request.user, signed=signed, absent=absent)
        said = ngettext("%(count)d line of the sheet was signed in.", "%(count)d lines of the sheet were signed in.", count)
        messages.success(request, said % {"count": count})
        return redirect(request.get_full_path())
    return render(request, "members/sheet.html", figures(meeting) | {"page": page, "is_open": meeting.state == MeetingState.OPEN})


def reason_of(request: HttpRequest, line: Attendance) -> str:
    """Why somebody did not come, as it was typed beside their line; what cannot be seen is left out."""
    typed = request.POST.get(f"absent_{line.pk}", line.absent_because).strip()[:LONGEST_REASON]
    try:
        refuse_hidden(typed)
    except ValidationError:
        return line.absent_because
    return typed


def files_of(attendance: Attendance) -> QuerySet:
    """The scans of the proxy that stands."""
    return StoredFile.objects.about(Proxy.objects.filter(attendance=attendance, revoked_at=None))


@open_to(rules.conducts_meetings)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: HttpRequest, uuid: UUID, line: int) -> HttpResponse:
    """A written proxy that reached the office: who votes for the unit instead."""
    meeting = called(uuid)
    attendance = line_in(meeting, str(line))
    if attendance.unit is None:
        raise Http404
    if request.method == "POST" and "take_back" in request.POST:
        workflow.take_proxy_back(attendance, by=request.user)
        return redirect("members_door", meeting.uuid)
    form = ProxyForm(posted(request), request.FILES or None, attendance=attendance, by_office=True)
    if form.is_valid():
        given = workflow.give_proxy(attendance, by=request.user, **form.said())
        messages.success(request, _("%(name)s votes for %(unit)s.") % {"name": given.name, "unit": attendance.name})
        return redirect("members_door", meeting.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request,
        "members/proxy.html",
        {"meeting": meeting, "attendance": attendance, "form": form, "files": files_of(attendance)},
        status=status,
    )
