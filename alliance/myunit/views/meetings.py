"""Meetings to which a unit is called, and the person it sends instead of its representative."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliance.accounts.doors import open_to, signed_in
from alliance.documents.serving import attached
from alliance.documents.word import MEDIA_TYPE
from alliance.myunit.finding import mine, page
from alliance.text import posted
from members import workflow
from members.forms.meetings import ProxyForm
from members.papers import meetings as papers
from members.views.door import files_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from members.models import Attendance, MemberUnit

LATEST = 20


def line_of(unit: MemberUnit, uuid: UUID) -> Attendance:
    """The unit's line on the roll of one meeting."""
    rows = unit.attendances.called().named().select_related("meeting__term", "unit__organisation")
    return get_object_or_404(rows, meeting__uuid=uuid)


@open_to(signed_in)
@require_safe
def meetings(request: HttpRequest, number: str) -> HttpResponse:
    """Those to come, and those that were."""
    unit = mine(request, number)
    lines = unit.attendances.called().select_related("meeting__term").prefetch_related("proxies").order_by("-meeting__held_at", "-id")
    return page(
        request, unit, "meetings", lines=lines[:LATEST], calls_me=set(unit.attendances.of(request.user).values_list("pk", flat=True))
    )


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """Who votes for the unit at this meeting, and naming somebody else of it until the meeting opens."""
    unit = mine(request, number)
    line = line_of(unit, uuid)
    if request.method == "POST" and "take_back" in request.POST:
        workflow.take_proxy_back(line, by=request.user)
        return redirect("myunit:meetings", unit.number)
    form = ProxyForm(posted(request), request.FILES or None, attendance=line, by_office=False)
    if form.is_valid():
        given = workflow.give_proxy(line, by=request.user, **form.said())
        messages.success(request, _("%(name)s votes for %(unit)s.") % {"name": given.name, "unit": line.name})
        return redirect("myunit:proxy", unit.number, line.meeting.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return page(
        request, unit, "meetings", template="proxy", line=line, meeting=line.meeting, form=form, files=files_of(line), status=status
    )


@open_to(signed_in)
@require_safe
def proxy_paper(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """The written proxy to be sealed, in Word, with the names as far as they are known; nothing is kept."""
    line = line_of(mine(request, number), uuid)
    return attached(papers.proxy_drawn(line), MEDIA_TYPE, f"授权委托书_{line.name}.docx")
