"""Filling in: the sections of the form, saved as a page or by a script while somebody types."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db import transaction
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, signed_in, wants_json
from alliance.workflow import Refused
from applications import drafting
from applications.choices import Declaration, Section
from applications.forms.filling import SECTION_FORMS, SectionForm
from applications.models import Application
from applications.models.answers import applies, called, must
from applications.models.consent import agree
from applications.views import presence
from applications.views.mine import after, defects_of, held, mine, rail
from applications.views.starting import ASKED, beneath

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, uuid: UUID, section: str) -> HttpResponse:
    """One section of the form. Saving keeps what is typed, complete or not; what is wrong is said at its field, the rest is kept."""
    if section not in SECTION_FORMS:
        raise Http404
    here = Section(section)
    if request.method == "POST" and is_somebody_else(request):
        return JsonResponse({"user": presence.key_of(request.user)})
    if request.method == "POST":
        return answered(request, take_in(request, uuid, here))
    application = mine(request, uuid)
    if not application.is_editable and not wants_json(request):
        return redirect(application)
    drafting.refuse_closed(application)
    return answered(request, Saved(here, application, form_of(application, here), drafting.Settled()))


def is_somebody_else(request: HttpRequest) -> bool:
    """The page is one person's, and another has logged in beside it: nothing of the first is taken for the second's."""
    return wants_json(request) and request.POST.get("me", presence.key_of(request.user)) != presence.key_of(request.user)


@dataclass
class Saved:
    """A section as it stands after what was posted: the application, its form, and what two people have changed differently."""

    here: Section
    application: Application
    form: SectionForm
    settled: drafting.Settled


def form_of(application: Application, here: Section, data: Any = None) -> SectionForm:
    """The form of a section, with what a correction has opened and what is wrong there."""
    opens, defects = defects_of(application)
    return SECTION_FORMS[here](data, instance=copy(application), opens=opens, defects=defects)


@transaction.atomic
def take_in(request: HttpRequest, uuid: UUID, here: Section) -> Saved:
    """Take in what was typed and is right, field by field, while nobody else can; the row is read under its lock."""
    application = held(request, uuid)
    form = form_of(application, here, request.POST)
    form.is_valid()
    theirs = form.shown(application)
    settled = drafting.settle(typed(request, form), base_of(request), theirs)
    try:
        drafting.refuse_closed(application)
    except Refused as refusal:
        refusal.typed = {str(form[name].label): form.instance.in_words(name) for name in (*settled.taken, *settled.disputed)}
        raise
    right = {name: form.cleaned_data[name] for name in settled.taken if name in form.cleaned_data}
    if right:
        drafting.write(application, right, by=request.user)
    declare(request, application, form)
    for name in settled.disputed:
        form.fields[name].dispute = drafting.dispute(application, name, mine=form[name].value(), theirs=theirs[name], reader=request.user)
    return Saved(here, application, form, settled)


def typed(request: HttpRequest, form: SectionForm) -> dict[str, tuple[str, ...]]:
    """What is on the screen, without the answers that were given up for a colleague's."""
    return {name: answer for name, answer in form.typed().items() if request.POST.get(f"merge-{name}") != "theirs"}


def base_of(request: HttpRequest) -> dict[str, tuple[str, ...]]:
    """What the page began from, as it told itself; nothing that could be read means that the last word holds."""
    try:
        told = json.loads(request.POST.get("base") or "{}")
        return {name: tuple(map(str, answer)) for name, answer in told.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def declare(request: HttpRequest, application: Application, form: SectionForm) -> None:
    """Keep to which text somebody has agreed by a tick, and when."""
    ticked = [name for name in Declaration.values if name in form.fields and form.cleaned_data.get(name)]
    if ticked:
        agree(application, ticked, by=request.user, language=get_language() or "", address=get_adapter().get_client_ip(request))


def answered(request: HttpRequest, saved: Saved) -> HttpResponse:
    """The section as a page, the next one after a full save, or the same for the script that saves while somebody types."""
    presence.note(saved.application, request.user, saved.here)
    if wants_json(request):
        return JsonResponse(state(request, saved))
    if request.method == "POST" and "stay" in request.POST and not saved.form.errors and not saved.settled.disputed:
        return redirect("applications:section", saved.application.uuid, saved.here.value)
    if request.method == "POST" and not saved.form.errors and not saved.settled.disputed:
        messages.success(request, _("Saved."))
        warn(request, saved.form)
        return redirect(after(saved.here, saved.application))
    status = 422 if saved.form.errors else HTTPStatus.CONFLICT if saved.settled.disputed else 200
    return render(request, "applications/section.html", page(request, saved), status=status)


def page(request: HttpRequest, saved: Saved) -> dict[str, Any]:
    form, application = saved.form, saved.application
    return {
        "application": application,
        "form": form,
        "base": json.dumps(form.shown(application), ensure_ascii=False),
        "said": beneath(form),
        "section": saved.here,
        "rail": rail(application, saved.here),
        "is_last": saved.here == list(Section)[-1],
        "others": presence.others(application, request.user),
        "me": presence.key_of(request.user),
    }


def state(request: HttpRequest, saved: Saved) -> dict[str, Any]:
    """What the script has to know: how every answer stands in the database now, what is wrong, what is disputed, what is asked."""
    application, fields = saved.application, [*saved.form.fields]
    rails = {"application": application, "rail": rail(application, saved.here)}
    return {
        "token": get_token(request),
        "user": presence.key_of(request.user),
        "saved_at": application.saved_at.isoformat(),
        "shown": saved.form.shown(application),
        "errors": {name: [str(error) for error in errors] for name, errors in saved.form.errors.items()},
        "disputes": {name: merge_of(saved.form, name) for name in saved.settled.disputed},
        "asked": [name for name in fields if applies(name, application)],
        "must": [name for name in fields if must(name, application)],
        "labels": {name: called(name, application) for name in fields},
        "rail": render_to_string("applications/rail.html", rails, request),
        "here": render_to_string("applications/here.html", {"others": presence.others(application, request.user)}, request),
    }


def merge_of(form: SectionForm, name: str) -> str:
    """Both texts of one field, to choose from."""
    return render_to_string("applications/merge.html", {"field": form[name]})


def warn(request: HttpRequest, form: Any) -> None:
    """What the number makes doubtful, once it or what it is compared with has changed; nothing is refused for it."""
    if {*ASKED} & {*form.changed_data} and "suggestion" in (said := beneath(form)):
        for sentence in said["suggestion"].warnings:
            messages.warning(request, sentence)
