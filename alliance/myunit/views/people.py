"""Who represents a unit, and who acts for it in the portal."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit.finding import mine, page
from alliance.text import posted
from applications import joining
from applications import rules as application_rules
from applications.forms.joining import InvitationForm
from applications.models import JoinRequest
from applications.views.colleagues import act_on, has_invited, requests_for
from members.models.colleague import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, number: str) -> HttpResponse:
    """The representative now and before; the colleagues, whom the owner invites here by their address."""
    unit = mine(request, number)
    organisation = unit.organisation
    form = InvitationForm(posted(request))
    if form.is_valid() and has_invited(request, organisation, form):
        messages.success(request, _("Invited: a letter is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect("myunit:people", unit.number)
    return page(
        request,
        unit,
        "people",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        form=form,
        colleagues=joining.people(organisation),
        may_manage=application_rules.may_manage(request.user, organisation),
        invitations=organisation.invitations.filter(state="open"),
        requests=requests_for(request.user, JoinRequest.objects.filter(organisation=organisation)),
        roles=[role for role in Role if role != Role.OWNS],
        former=[each for each in unit.representatives.order_by("-since", "-id") if each.until],
    )


@open_to(signed_in)
@require_POST
def person(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One of the colleagues: another role, no colleague any more, or the owner from now on; somebody may also leave by themselves."""
    unit = mine(request, number)
    return redirect("after_login") if act_on(request, unit.organisation, act) else redirect("myunit:people", unit.number)
