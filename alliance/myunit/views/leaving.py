"""Leaving the alliance: notice given by the unit itself, and taken back while there is time."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.files.models import StoredFile
from alliance.myunit.finding import mine, page
from alliance.myunit.forms import LeavingForm
from alliance.text import posted
from alliance.workflow import NotAllowed, Refused
from members import rules, workflow
from members.models import Resignation
from members.workflow.requesting import NOT_YOURS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, number: str) -> HttpResponse:
    """Give notice, with a reason and a day; or see the notice that stands."""
    unit = mine(request, number)
    standing = unit.resignations.standing().first()
    form = LeavingForm(posted(request), request.FILES or None)
    if request.method == "POST" and not rules.speaks_for_unit(request.user, unit):
        raise NotAllowed(NOT_YOURS, thing=unit)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            workflow.give_notice(
                unit, by=request.user, reason=typed["reason"], effective_on=typed["effective_on"], papers=typed["papers"] or ()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, _("The office has your notice. It can be taken back here as long as the unit has not left."))
            return redirect("myunit:leaving", unit.number)
    files = StoredFile.objects.about(Resignation.objects.filter(pk=standing.pk)) if standing else ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return page(request, unit, "leaving", status=status, form=form, standing=standing, files=files, former=unit.resignations.all())


@open_to(signed_in)
@require_POST
def stay(request: HttpRequest, number: str) -> HttpResponse:
    """The unit takes its notice back."""
    unit = mine(request, number)
    if not rules.speaks_for_unit(request.user, unit):
        raise NotAllowed(NOT_YOURS, thing=unit)
    standing = get_object_or_404(unit.resignations.standing().select_related("unit__organisation"))
    workflow.withdraw_resignation(standing, by=request.user)
    messages.success(request, _("The notice is taken back: the unit stays a member."))
    return redirect("myunit:leaving", unit.number)
