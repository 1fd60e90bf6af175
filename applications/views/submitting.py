"""The check before submitting, and submitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from applications import workflow
from applications.choices import Section, State
from applications.forms.filling import UNITS
from applications.models import Application, Batch
from applications.models.answers import FIELDS
from applications.views.mine import mine

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Check, then submit; pressing twice submits once."""
    application = mine(request, uuid)
    step = workflow.resubmit if application.state == State.CORRECTION else workflow.submit
    if request.method == "POST":
        if application.is_editable:
            step(application, by=request.user)
            messages.success(request, _("Submitted. The number of this application is %(number)s.") % {"number": application.number})
        return redirect(application)
    if not application.is_editable:
        return redirect(application)
    context = {
        "application": application,
        "batch": Batch.objects.accepting(clock.now()).first(),
        "gaps": gaps_in_words(application),
        "said": said(application),
    }
    return render(request, "applications/submit.html", context)


def gaps_in_words(application: Application) -> list[dict[str, Any]]:
    """What is missing, by section, as links to the fields."""
    return [
        {"section": section, "fields": [{"name": name, "label": Application.label(name)} for name in names]}
        for section, names in application.gaps.items()
    ]


def said(application: Application) -> list[dict[str, Any]]:
    """All that would be submitted, by section: what was answered, and in which words; and which papers."""
    answers = {section: [answer(application, name) for name in names] for section, names in FIELDS.items()}
    papers = application.attachments.running()
    answers[Section.ATTACHMENTS] = [{"label": paper.get_kind_display(), "words": paper.file.title} for paper in papers]
    return [{"section": section, "answers": [each for each in answers[section] if each["words"]]} for section in Section]


def answer(application: Application, name: str) -> dict[str, Any]:
    return {"label": Application.label(name), "words": application.in_words(name), "unit": UNITS.get(name, "")}
