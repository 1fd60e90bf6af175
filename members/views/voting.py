"""The roll call of a motion: each vote by name, entered by an officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to
from alliance.text import key
from members import rules, workflow
from members.choices import Choice, Counted, MotionState
from members.models import Motion
from members.views.hall import figures

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

A_PAGE = 100


@open_to(rules.conducts_meetings)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One row for everybody present; those left unmarked can be given one vote together."""
    motion = get_object_or_404(Motion.objects.filter(way=Counted.NAMED).select_related("meeting__term"), uuid=uuid)
    present = motion.meeting.attendances.present().named()
    if request.method == "POST":
        count = workflow.cast(motion, marked(request, motion), by=request.user)
        said = ngettext("%(count)d vote was entered.", "%(count)d votes were entered.", count)
        messages.success(request, said % {"count": count})
        return redirect(request.get_full_path())
    page = Paginator(present, A_PAGE).get_page(request.GET.get("page"))
    standing = dict(motion.votes.filter(attendance__in=[line.pk for line in page]).values_list("attendance", "choice"))
    context = figures(motion.meeting) | {
        "motion": motion,
        "page": page,
        "rows": [(line, standing.get(line.pk, "")) for line in page],
        "choices": Choice.choices,
        "counted": [(label, motion.votes.filter(choice=choice).count()) for choice, label in Choice.choices],
        "is_open": motion.state == MotionState.OPEN,
    }
    return render(request, "members/roll_call.html", context)


def marked(request: HttpRequest, motion: Motion) -> dict[int, str]:
    """What was marked, by line; and for all who have no vote, the one that the rest is given, where it is."""
    found = {
        pk: value
        for name, value in request.POST.items()
        if name.startswith("line_") and value in Choice.values and (pk := key(name.removeprefix("line_")))
    }
    rest = request.POST.get("rest", "")
    if rest in Choice.values:
        without = motion.meeting.attendances.present().exclude(votes__motion=motion).exclude(pk__in=found)
        found |= dict.fromkeys(without.values_list("pk", flat=True), rest)
    return found
