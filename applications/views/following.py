"""One application: where it stands, what comes next, its papers; and withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.documents.kinds import PDF
from alliance.documents.models import Paper
from alliance.documents.serving import attached
from alliance.letters.models import Letter
from applications import joining, papers, rules, sealing, workflow
from applications.choices import Section
from applications.models import Application
from applications.views import course
from applications.views.mine import mine, rail
from applications.views.starting import begin_again

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it stands: what to do next and by when, what happened, its letters."""
    application = mine(request, uuid)
    now = course.awaited(application)
    context = {
        "application": application,
        "events": course.told(application),
        "awaited": now,
        "ahead": course.ahead(application, now),
        "asked": course.asked(application),
        "outcome": course.outcome(application),
        "line": course.in_one_line(application, now),
        "people": joining.people(application),
        "letters": Letter.objects.readable_by(request.user).about(application).order_by("-id"),
        "attachments": application.attachments.running(),
        "papers": papers_of(application),
        "rail": rail(application) if application.is_editable else [],
        "may_withdraw": workflow.withdraw.open_to(application, request.user),
        "may_take_up": workflow.take_up.open_to(application, request.user),
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


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
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


@open_to(signed_in)
@require_POST
def take_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was withdrawn is a draft again."""
    application = mine(request, uuid)
    workflow.take_up(application, by=request.user)
    messages.success(request, _("Taken up again: it is a draft, and counts for the batch in which it is submitted."))
    return redirect(application)


@open_to(signed_in)
@require_POST
def again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Apply again from the answers of an application that has ended."""
    old = mine(request, uuid)
    if old.state not in course.AGAIN:
        raise Http404
    application = begin_again(old, by=request.user)
    messages.success(
        request, _("A new draft with the answers and papers of before. Please read them through; the declarations are made anew.")
    )
    return redirect("applications:section", application.uuid, Section.UNIT.value)
