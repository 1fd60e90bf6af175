"""One application: where it stands, what comes next, its papers; and withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.calendar.days import is_announced
from alliance.documents.kinds import PDF
from alliance.documents.models import Paper
from alliance.documents.serving import attached
from alliance.history.models import Event
from alliance.letters.models import Letter
from applications import papers, rules, sealing, workflow
from applications.choices import State
from applications.models import Application
from applications.views.mine import mine, rail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it stands: what to do next and by when, what happened, its letters."""
    application = mine(request, uuid)
    context = {
        "application": application,
        "events": told(application),
        "awaited": awaited(application),
        "ahead": ahead(application),
        "letters": Letter.objects.readable_by(request.user).about(application).order_by("-id"),
        "attachments": application.attachments.running(),
        "papers": papers_of(application),
        "rail": rail(application) if application.is_editable else [],
        "correction": last_correction(application),
        "may_withdraw": workflow.withdraw.open_to(application, request.user),
    }
    return render(request, "applications/detail.html", context)


def papers_of(application: Application) -> list[Paper]:
    """The papers made about it, and about the unit it became; of each the last issue, the latest first."""
    unit = application.unit
    certificates = unit.certificates.all() if unit else ()
    found = [paper for thing in (application, unit, *certificates) if thing for paper in Paper.objects.about(thing)]
    last: dict[str, Paper] = {}
    for paper in sorted(found, key=lambda paper: -paper.pk):
        last.setdefault(paper.number, paper)
    return list(last.values())


@open_to(signed_in)
def form(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The application form for the seal, as a PDF: made when it is asked for, and not kept. The office reads what was submitted, and no later version."""
    application = get_object_or_404(Application.objects.select_related("batch"), uuid=uuid)
    if not rules.may_read(request.user, application):
        raise Http404
    version = sealing.to_print(application) if rules.may_fill_in(request.user, application) else application.version
    name = application.number or application.short_name or application.name[:20]
    return attached(papers.form(application, version), PDF, f"入会申请表_{name}_{f'第{version.number}版' if version else '草稿'}.pdf")


def told(application: Application) -> list[dict[str, Any]]:
    """What happened, in the applicant's words: states reached and when; who in the office acted stays inside."""
    events = Event.objects.of(application).exclude(after="")
    return [{"state": event.after, "label": State(event.after).label, "at": event.at} for event in events]


def last_correction(application: Application) -> str:
    """The words of the letter that says what to put right, while something has to be; without its address and signature."""
    if application.state != State.CORRECTION:
        return ""
    letter = Letter.objects.about(application).filter(template="correction").last()
    return letter.body.partition(settings.SITE_URL)[0].strip() if letter else ""


PATH = (State.SUBMITTED, State.ACCEPTED, State.SCREENED, State.DELIBERATED, State.PUBLICITY, State.APPROVED, State.ADMITTED)
RANK = {State.DRAFT: -1, State.CORRECTION: -1, State.RESUBMITTED: 0, State.EXPERT_REVIEWED: 2, State.DEFERRED: 1, State.OBJECTION: 4} | {
    state: n for n, state in enumerate(PATH)
}


AWAITED: dict[str, tuple[Any, Any]] = {
    State.DRAFT: (
        gettext_lazy("Your submission"),
        gettext_lazy("A draft may stay incomplete; it counts for the batch that is open when it is submitted."),
    ),
    State.SUBMITTED: (gettext_lazy("Formal check"), gettext_lazy("If something has to be corrected, everything is told at once.")),
    State.RESUBMITTED: (
        gettext_lazy("Formal check of the correction"),
        gettext_lazy("If something has to be corrected, everything is told at once."),
    ),
    State.CORRECTION: (gettext_lazy("Your correction"), gettext_lazy("The corrected application is then checked again.")),
    State.ACCEPTED: (gettext_lazy("Preliminary review"), gettext_lazy("Reviewed by the notice's criteria, with experts where needed.")),
    State.SCREENED: (gettext_lazy("Deliberation"), gettext_lazy("The batch is deliberated together.")),
    State.EXPERT_REVIEWED: (gettext_lazy("Deliberation"), gettext_lazy("The batch is deliberated together.")),
    State.DEFERRED: (gettext_lazy("Review with the next batch"), gettext_lazy("Number and materials stay; nothing has to be done now.")),
    State.DELIBERATED: (gettext_lazy("Public notice"), gettext_lazy("The list of the units that passed is published.")),
    State.PUBLICITY: (gettext_lazy("Public notice period"), gettext_lazy("Anyone may object in writing and by real name.")),
    State.OBJECTION: (gettext_lazy("Examination of an objection"), gettext_lazy("The public notice period rests until it is decided.")),
    State.APPROVED: (gettext_lazy("Admission"), gettext_lazy("The unit receives its membership number.")),
}


def awaited(application: Application) -> dict[str, Any] | None:
    """What is under way now, with its last day where it has one; nothing once it has ended."""
    if application.state not in AWAITED:
        return None
    label, note = AWAITED[application.state]
    until = (
        application.publicity_until
        if application.state == State.PUBLICITY
        else application.due_at
        if application.state != State.OBJECTION
        else None
    )
    return {"label": label, "note": note, "until": until, "guessed": until and not is_announced(until.astimezone(clock.SHANGHAI).year)}


COMING = {
    State.ACCEPTED: gettext_lazy("Formal check"),
    State.SCREENED: gettext_lazy("Preliminary review"),
    State.DELIBERATED: gettext_lazy("Deliberation"),
    State.PUBLICITY: gettext_lazy("Public notice"),
    State.ADMITTED: gettext_lazy("Admission"),
}


def ahead(application: Application) -> list[Any]:
    """The stations after the one under way; none once it has ended."""
    if application.state not in RANK:
        return []
    following = PATH[RANK[State(application.state)] + 2 :]
    return [label for state, label in COMING.items() if state in following]


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask once, then withdraw."""
    application = mine(request, uuid)
    if request.method == "POST":
        workflow.withdraw(application, by=request.user)
        messages.success(request, _("Withdrawn. You may apply again at any time."))
        return redirect(application)
    if not workflow.withdraw.open_to(application, request.user):
        return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application})
