"""Who sees what of a unit, and whether its representative is named to everybody."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit.finding import mine, page
from alliance.myunit.forms import VisibilityForm
from alliance.text import posted
from alliance.workflow import NotAllowed
from members import rules, workflow
from members.models.name_consent import IN_FORCE, TEXTS
from members.workflow.requesting import NOT_YOURS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: HttpRequest, number: str) -> HttpResponse:
    """For each field that is the unit's to choose: everybody, member units, or the secretariat alone."""
    unit = mine(request, number)
    form = VisibilityForm(posted(request), unit=unit)
    if request.method == "POST" and not rules.speaks_for_unit(request.user, unit):
        raise NotAllowed(NOT_YOURS, thing=unit)
    if form.is_valid():
        workflow.disclose(unit, form.cleaned_data, by=request.user)
        messages.success(request, _("From now on each field is seen by whom you have chosen."))
        return redirect("myunit:visibility", unit.number)
    now = unit.representative
    return page(
        request,
        unit,
        "data",
        template="visibility",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        form=form,
        is_representative=now is not None and rules.is_representative(request.user, now),
        consent=now and now.name_consents.in_force().first(),
        text=TEXTS[IN_FORCE],
    )


@open_to(signed_in)
@require_POST
def naming(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """The representative's own word, given or taken back; nobody else's."""
    unit = mine(request, number)
    now = unit.representative
    if act not in ("agree", "take-back") or now is None or not rules.is_representative(request.user, now):
        raise Http404
    if act == "agree":
        workflow.agree_to_be_named(now, by=request.user, language=get_language())
        messages.success(request, _("Your name and post stand on the unit's public page from now on."))
    else:
        workflow.take_back_name(now, by=request.user)
        messages.success(request, _("You are not named on the public page any more."))
    return redirect("myunit:visibility", unit.number)
