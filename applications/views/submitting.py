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
from applications import limits, workflow
from applications.choices import Paper, Section, State
from applications.forms.filling import UNITS
from applications.models import Application
from applications.models.answers import FIELDS, applies, called
from applications.models.version import stamp
from applications.views.mine import mine
from members.amounts import unit_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Check, then submit; pressing twice submits once."""
    application = mine(request, uuid)
    step = workflow.resubmit if application.state == State.CORRECTION else workflow.submit
    if request.method == "POST":
        if application.is_editable:
            step(application, by=request.user, seen=request.POST.get("seen", ""))
            tell(request, application)
        return redirect(application)
    if not application.is_editable:
        return redirect(application)
    context = {
        "application": application,
        "batch": limits.receiving(application, clock.now()),
        "seen": stamp(application),
        "gaps": gaps_in_words(application),
        "said": said(application),
    }
    return render(request, "applications/submit.html", context)


def tell(request: HttpRequest, application: Application) -> None:
    """The number; and where the deadline has passed between reading the page and pressing, for which batch it counts now."""
    messages.success(request, _("Submitted. The number of this application is %(number)s.") % {"number": application.number})
    if request.POST.get("batch", str(application.batch.number)) != str(application.batch.number):
        messages.warning(
            request, _("The deadline passed before you pressed: the application counts for %(batch)s.") % {"batch": application.batch}
        )


def gaps_in_words(application: Application) -> list[dict[str, Any]]:
    """What is missing, by section, as links to the fields."""
    return [
        {"section": section, "fields": [{"name": name, "label": label_of(application, name)} for name in names]}
        for section, names in application.gaps.items()
    ]


def label_of(application: Application, name: str) -> str:
    """What a field is called for such a unit, or a paper."""
    return str(Paper(name).label) if name in Paper.values else called(name, application)


def said(application: Application) -> list[dict[str, Any]]:
    """All that would be submitted, by section: what was answered, and in which words; and which papers."""
    answers = {section: [answer(application, name) for name in names if applies(name, application)] for section, names in FIELDS.items()}
    papers = application.attachments.running()
    answers[Section.ATTACHMENTS] = [{"label": paper.get_kind_display(), "words": paper.file.title} for paper in papers]
    return [{"section": section, "answers": [each for each in answers[section] if each["words"]]} for section in Section]


def answer(application: Application, name: str) -> dict[str, Any]:
    return {"label": called(name, application), "words": application.in_words(name), "unit": unit_of(name, UNITS, application.currency)}
