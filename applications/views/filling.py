"""Filling in: the sections of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.text import posted
from applications import workflow
from applications.choices import Declaration, Section
from applications.forms.filling import SECTION_FORMS
from applications.models import Application
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
