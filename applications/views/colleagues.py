"""Working together: who is invited, who asks to be let in, who may do what, and handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.accounts.models import User
from alliance.text import key, posted
from alliance.workflow import NotAllowed, Refused
from applications import joining, rules
from applications.forms.joining import DecisionForm, InvitationForm
from applications.models import Application, Invitation, JoinRequest
from applications.views.mine import mine
from members.models.colleague import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from members.models import Organisation


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who works on an application; its owner invites others here, by their address."""
    application = mine(request, uuid)
    form = InvitationForm(posted(request))
    if request.method == "POST" and form.is_valid() and has_invited(request, application, form):
        messages.success(request, _("Invited: a letter is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect("applications:colleagues", uuid)
    context = {
        "application": application,
        "form": form,
        "people": joining.people(application),
        "may_manage": rules.may_manage(request.user, application),
        "invitations": application.invitations.filter(state="open"),
        "requests": requests_for(request.user, JoinRequest.objects.about(application)),
        "roles": [role for role in Role if role != Role.OWNS],
    }
    return render(request, "applications/colleagues.html", context, status=422 if form.errors else 200)


def has_invited(request: HttpRequest, thing: Application | Organisation, form: InvitationForm) -> bool:
    """Whether the invitation was made; why not is said at the address."""
    managed(request, thing)
    try:
        joining.invite(thing, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("email", str(refusal.why))
    return not form.errors


def managed(request: HttpRequest, thing: Application | Organisation) -> None:
    """Raise where it is not the owner who asks for this."""
    if not rules.may_manage(request.user, thing):
        raise NotAllowed(_("Only the owner may do this."), thing=thing)


def requests_for(user: User, rows: QuerySet) -> list[JoinRequest]:
    """Who of those that ask to be let in waits for `user`."""
    waiting = rows.to_decide().select_related("user", "organisation", "application")
    return [row for row in waiting if rules.may_let_in(user, row)]


@open_to(signed_in)
@require_POST
def person(request: HttpRequest, uuid: UUID, act: str) -> HttpResponse:
    """One of the people: another role, off the application, or its owner from now on; somebody may also leave by themselves."""
    application = mine(request, uuid)
    return redirect("applications:list") if act_on(request, application, act) else redirect("applications:colleagues", uuid)


def act_on(request: HttpRequest, thing: Application | Organisation, act: str) -> bool:
    """Do what the page asks about one of the people of an application or an organisation; whether it is the reader who has left."""
    row = get_object_or_404(joining.people(thing), user=key(request.POST.get("user", "")) or 0)
    is_leaving = act == "leave" and row.user == request.user
    if not is_leaving:
        managed(request, thing)
    match act:
        case "leave":
            joining.leave(thing, row, by=request.user)
        case "role" if request.POST.get("role") in Role.values:
            joining.set_role(thing, row, request.POST["role"], by=request.user)
        case "own":
            joining.hand_over(thing, row, by=request.user)
        case _:
            raise Http404
    messages.success(request, _("Done."))
    return is_leaving


@open_to(signed_in)
@require_POST
def invitation(request: HttpRequest, uuid: UUID, act: str) -> HttpResponse:
    """Take or decline an invitation to a confirmed address of mine; or take one back that my application sent."""
    if act == "revoke":
        found = get_object_or_404(Invitation.objects.sent_for(request.user), uuid=uuid)
        managed(request, found.thing)
        joining.revoke(found, by=request.user)
        return redirect("applications:colleagues", found.application.uuid) if found.application else redirect("unit")
    if act not in ("take", "decline"):
        raise Http404
    found = get_object_or_404(invited(request.user), uuid=uuid)
    joining.answer(found, by=request.user, take=act == "take")
    return redirect((found.application or "unit") if act == "take" else "applications:list")


def invited(user: Any) -> Any:
    """The invitations that `user` may take."""
    confirmed = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return Invitation.objects.open_to(confirmed, clock.now()).select_related("application", "organisation", "invited_by")


@open_to(signed_in)
@require_POST
def join_request(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """Decide on somebody who asks to be let in; for whoever owns what is asked for."""
    found = get_object_or_404(JoinRequest.objects.select_related("user", "organisation", "application"), uuid=uuid)
    if step not in ("grant", "refuse") or request.user.pk not in rules.owners_of(found):
        raise Http404
    form = DecisionForm(request.POST)
    inputs = form.inputs(step) if form.is_valid() else {}
    joining.joining.steps[step](found, by=request.user, **inputs)
    messages.success(request, _("Done."))
    return redirect(found.decided_on)
