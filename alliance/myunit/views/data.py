"""What the register holds of a unit, who sees it, and how the unit has it changed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.accounts.doors import open_to, signed_in
from alliance.files.models import StoredFile
from alliance.myunit import reading
from alliance.myunit.finding import mine, page
from alliance.text import posted
from alliance.workflow import NotAllowed, Refused
from members import rules, workflow
from members.choices import Audience
from members.forms.changing import SAID, UNIT_FORM
from members.models import ChangeRequest, MemberUnit, Organisation
from members.models.demand import demands
from members.models.disclosure import ALWAYS, audiences
from members.workflow.requesting import NOT_YOURS

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_safe
def data(request: HttpRequest, number: str) -> HttpResponse:
    """Every field with what it demands; and what was asked for before."""
    unit, table = mine(request, number), demands()
    seen = dict.fromkeys(ALWAYS, Audience.PUBLIC) | audiences(unit)
    sections = [
        (head, [each | {"demand": SAID[table[name]], "audience": seen.get(name, Audience.SECRETARIAT).label} for each in fields if (name := each["name"])])
        for head, fields in reading.sections_of(unit)
    ]  # fmt: skip
    requests = ChangeRequest.objects.filter(unit=unit).prefetch_related("changes")
    return page(request, unit, "data", sections=sections, requests=requests)


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: str) -> HttpResponse:
    """The register as a form: what may change at once changes, the rest is asked for."""
    unit = mine(request, number)
    standing = open_request(unit)
    confirming = "confirming" in request.GET
    form = UNIT_FORM(posted(request), request.FILES or None, unit=unit)
    if request.method == "POST" and not rules.speaks_for_unit(request.user, unit):
        raise NotAllowed(NOT_YOURS, thing=unit)
    if form.is_valid() and (done := asked(request, unit, form)):
        return confirmed(request, unit, done[1]) if confirming else redirect_after(unit, done[1])
    context = {"form": form, "standing": standing, "confirming": confirming, "template": "change"}
    return page(request, unit, "data", status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK, **context)


def open_request(unit: MemberUnit) -> ChangeRequest | None:
    return ChangeRequest.objects.filter(unit=unit).to_decide().prefetch_related("changes").first()


def asked(request: HttpRequest, unit: MemberUnit, form: Any) -> tuple[list[str], ChangeRequest | None] | None:
    """What was changed at once, and what is asked for, said on the next page; nothing where it was refused, which is told in the form."""
    typed = form.cleaned_data
    try:
        at_once, made = workflow.ask_for_changes(unit, form.changed, by=request.user, words=typed["words"], papers=typed["papers"] or ())
    except Refused as refusal:
        form.add_error(None, str(refusal.why))
        return None
    if at_once:
        messages.success(request, _("Changed at once: %(fields)s.") % {"fields": "、".join(Organisation.label(name) for name in at_once)})
    if made:
        messages.success(request, _("The office has your request: a letter tells what became of it."))
    return at_once, made


def redirect_after(unit: MemberUnit, made: ChangeRequest | None) -> HttpResponse:
    return redirect("myunit:request", unit.number, made.uuid) if made else redirect("myunit:data", unit.number)


def confirmed(request: HttpRequest, unit: MemberUnit, made: ChangeRequest | None) -> HttpResponse:
    """This year's confirmation is given with what was asked for; where everything changed at once, what now stands is to be confirmed."""
    awaited = unit.confirmations.awaited().select_related("campaign").first()
    if made and awaited:
        workflow.confirm_with_changes(awaited, by=request.user, request=made)
        messages.success(request, _("Confirmed with these changes."))
    return redirect("myunit:confirmation", unit.number)


@open_to(signed_in)
@require_safe
def change_request(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """One request: each field with what was asked for, and the office's answer."""
    unit = mine(request, number)
    found = get_object_or_404(ChangeRequest.objects.filter(unit=unit).with_all(), uuid=uuid)
    files = StoredFile.objects.about(ChangeRequest.objects.filter(pk=found.pk))
    return page(request, unit, "data", template="request", found=found, files=files)


@open_to(signed_in)
@require_POST
def withdraw(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """The unit does not ask for it any more."""
    unit = mine(request, number)
    found = get_object_or_404(ChangeRequest.objects.filter(unit=unit).select_related("unit__organisation"), uuid=uuid)
    workflow.withdraw_request(found, by=request.user)
    messages.success(request, _("Withdrawn."))
    return redirect("myunit:data", unit.number)
