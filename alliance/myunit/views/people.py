"""Who represents a unit, and who acts for it in the portal."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit.finding import mine, page
from alliance.text import key, posted
from applications import joining
from applications import rules as application_rules
from applications.forms.joining import InvitationForm
from applications.models import JoinRequest
from applications.views.colleagues import managed
from members.models.colleague import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from alliance.accounts.models import User
    from members.models import MemberUnit


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, number: str) -> HttpResponse:
    """The representative now and before; the colleagues, whom the owner invites here by their address."""
    unit = mine(request, number)
    organisation = unit.organisation
    form = InvitationForm(posted(request))
    if form.is_valid():
        managed(request, organisation)
        joining.invite(organisation, by=request.user, **form.cleaned_data)
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
        requests=requests_for(request.user, unit),
        roles=[role for role in Role if role != Role.OWNS],
        former=[each for each in unit.representatives.order_by("-since", "-id") if each.until],
    )


def requests_for(user: User, unit: MemberUnit) -> list[JoinRequest]:
    """Who asks to be let in, and waits for `user`."""
    rows = JoinRequest.objects.to_decide().filter(organisation=unit.organisation).select_related("user", "organisation", "application")
    return [row for row in rows if application_rules.may_let_in(user, row)]


@open_to(signed_in)
@require_POST
def person(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One of the colleagues: another role, no colleague any more, or the owner from now on; somebody may also leave by themselves."""
    unit = mine(request, number)
    organisation = unit.organisation
    row = get_object_or_404(joining.people(organisation), user=key(request.POST.get("user", "")) or 0)
    is_leaving = act == "leave" and row.user == request.user
    if not is_leaving:
        managed(request, organisation)
    take(request, organisation, row, act)
    messages.success(request, _("Done."))
    return redirect("after_login") if is_leaving else redirect("myunit:people", unit.number)


def take(request: HttpRequest, organisation: Any, row: Any, act: str) -> None:
    match act:
        case "leave":
            joining.leave(organisation, row, by=request.user)
        case "role" if request.POST.get("role") in Role.values:
            joining.set_role(organisation, row, request.POST["role"], by=request.user)
        case "own":
            joining.hand_over(organisation, row, by=request.user)
        case _:
            raise Http404
