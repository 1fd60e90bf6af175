"""Filling in: the sections of the form, and the papers that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.text import posted
from applications import workflow
from applications.choices import Declaration, Section
from applications.forms.filling import SECTION_FORMS, AttachmentForm
from applications.models import Application, RequiredPaper
from applications.models.attachment import attach, take_away
from applications.models.consent import agree
from applications.views.mine import after, mine, rail
from applications.views.starting import ASKED, beneath

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, uuid: UUID, section: str) -> HttpResponse:
    """One section of the form. Saving keeps what is typed, complete or not; what is wrong is said at its field."""
    application = mine(request, uuid)
    if section not in SECTION_FORMS:
        raise Http404
    if not application.is_editable:
        return redirect(application)
    here = Section(section)
    form = SECTION_FORMS[here](posted(request), instance=application)
    if request.method == "POST" and form.is_valid():
        save(request, form)
        messages.success(request, _("Saved."))
        warn(request, form)
        return redirect(after(here, application))
    context = {
        "application": application,
        "form": form,
        "said": beneath(form),
        "section": here,
        "rail": rail(application, here),
        "is_last": here == list(Section)[-1],
    }
    return render(request, "applications/section.html", context, status=422 if form.errors else 200)


@transaction.atomic
def save(request: HttpRequest, form: Any) -> None:
    """Write only the fields of this section, and only while the application may still change."""
    locked = Application.objects.select_for_update().get(pk=form.instance.pk)
    if not locked.is_editable:
        refusal = workflow.Refused(_("The application has been submitted meanwhile: nothing was changed."), thing=locked)
        refusal.typed = {Application.label(name): form.instance.in_words(name) for name in form.changed_data}
        raise refusal
    application = form.save(commit=False)
    application.saved_at = clock.now()
    application.save(update_fields=[*form._meta.fields, "saved_at"])
    ticked = [name for name in Declaration.values if name in form.fields and form.cleaned_data[name]]
    agree(application, ticked, by=request.user, language=get_language() or "", address=get_adapter().get_client_ip(request))


def warn(request: HttpRequest, form: Any) -> None:
    """What the number makes doubtful, once it or what it is compared with has changed; nothing is refused for it."""
    if {*ASKED} & {*form.changed_data} and "suggestion" in (said := beneath(form)):
        for sentence in said["suggestion"].warnings:
            messages.warning(request, sentence)


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def attachments(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The papers that go with the application: add one, look at them, take one away."""
    application = mine(request, uuid)
    if not application.is_editable:
        return redirect(application)
    if "remove" in request.POST:
        take_away(get_object_or_404(application.attachments.running(), file__uuid=uuid_in(request.POST["remove"])))
        messages.success(request, _("Taken away."))
        return redirect("applications:attachments", application.uuid)
    form = AttachmentForm(posted(request), request.FILES or None, application=application)
    if request.method == "POST" and form.is_valid() and is_attached(request, form):
        messages.success(request, _("Added."))
        return redirect("applications:attachments", application.uuid)
    context = {
        "application": application,
        "form": form,
        "section": Section.ATTACHMENTS,
        "rail": rail(application, Section.ATTACHMENTS),
        "attachments": application.attachments.running(),
        "wanted": wanted(application),
        "next": after(Section.ATTACHMENTS, application),
    }
    return render(request, "applications/attachments.html", context, status=422 if form.errors else 200)


def wanted(application: Application) -> list[dict[str, Any]]:
    """The papers that the secretariat's table names for such a unit, and which of them are there."""
    there = set(application.attachments.running().values_list("kind", flat=True))
    lines = RequiredPaper.objects.of_unit(application.jurisdiction, application.unit_type)
    return [{"line": line, "is_there": line.paper in there} for line in lines]


def uuid_in(text: str) -> UUID:
    """The uuid that was posted; anything else is not found."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def is_attached(request: HttpRequest, form: AttachmentForm) -> bool:
    """Whether the paper could be kept; else the form says at its field why not."""
    try:
        attach(form.application, form.cleaned_data["kind"], form.cleaned_data["file"], by=request.user)
    except ValidationError as refusal:
        form.add_error("file", refusal)
    return not form.errors
