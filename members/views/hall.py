"""The screen of the hall: how many are there, whether that suffices, and the code by which people sign in with their phones.

The code is worth nothing outside the hall: it changes every half minute and is good for five minutes, and whoever follows it still
has to be somebody who casts a vote of this meeting, with an account. Showing it writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import open_to
from alliance.documents import codes
from members import rules
from members.choices import MeetingState
from members.models import Meeting

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

CHANGES, GOOD_FOR = 30, 10  # seconds; so many of these spans
LATEST = 8  # arrivals on the screen


def code_of(meeting: Meeting, ago: int = 0) -> str:
    """The code of this half minute, or of one so many half minutes ago."""
    span = int(clock.now().timestamp()) // CHANGES - ago
    return salted_hmac("members.hall", f"{meeting.uuid}:{span}", algorithm="sha256").hexdigest()[:20]


def is_code_of(meeting: Meeting, code: str) -> bool:
    return any(constant_time_compare(code, code_of(meeting, ago)) for ago in range(GOOD_FOR))


def called(uuid: UUID) -> Meeting:
    """A meeting that has a roll."""
    return get_object_or_404(Meeting.objects.exclude(state=MeetingState.PLANNED).select_related("term"), uuid=uuid)


def figures(meeting: Meeting) -> dict[str, Any]:
    """应到, 实到, 到会率, and how many it takes."""
    eligible, present, quorum = meeting.eligible, meeting.present, meeting.quorum
    share = f"{100 * present / eligible:.3g}" if eligible else "0"
    return {"meeting": meeting, "eligible": eligible, "present": present, "quorum": quorum, "share": share, "reached": eligible > 0 and present >= quorum, "missing": max(0, quorum - present)}  # fmt: skip


@open_to(rules.conducts_meetings)
@never_cache
@require_safe
def hall(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Large figures, and the code while the meeting is in session; it asks for itself again every few seconds."""
    meeting = called(uuid)
    is_open = meeting.state == MeetingState.OPEN
    address = f"{settings.SITE_URL}{reverse('members_sign_in', args=[meeting.uuid])}?code={code_of(meeting)}"
    context = figures(meeting) | {
        "latest": meeting.attendances.present().named().order_by("-signed_in_at", "-pk")[:LATEST],
        "qr": codes.on_screen(address, scale=8) if is_open else "",
        "motions": meeting.motions.open(),
    }
    return render(request, "members/hall_figures.html" if request.htmx else "members/hall.html", context)
