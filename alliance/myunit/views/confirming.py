"""The yearly confirmation of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit import reading
from alliance.myunit.finding import mine, page
from alliance.myunit.views.data import open_request
from applications import joining
from members import workflow
from members.models.campaign import digest_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import Organisation


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, number: str) -> HttpResponse:
    """What the register holds, to be confirmed as it stands, with an open request, or with changes; and the years before."""
    unit = mine(request, number)
    awaited = unit.confirmations.awaited().select_related("campaign", "unit__organisation").first()
    standing = open_request(unit)
    if request.method == "POST":
        awaited = get_object_or_404(unit.confirmations.running().select_related("campaign", "unit__organisation"))
        if "with_changes" in request.POST and standing:
            workflow.confirm_with_changes(awaited, by=request.user, request=standing)
        else:
            workflow.confirm(awaited, by=request.user, seen=request.POST.get("seen", ""))
        messages.success(request, _("Thank you: this year's confirmation is recorded."))
        return redirect("myunit:confirmation", unit.number)
    years = unit.confirmations.select_related("campaign", "request", "confirmed_by").order_by("-campaign__year")
    context = {"awaited": awaited, "standing": standing, "years": years, "seen": digest_of(unit)}
    context |= {"colleagues": joining.people(unit.organisation), "liaison": liaison_of(unit.organisation)}
    return page(request, unit, "confirmation", sections=reading.sections_of(unit), **context)


def liaison_of(organisation: Organisation) -> str:
    """Whom a list of the department or of the office names."""
    contact = getattr(organisation, "contact", None)
    return " · ".join(filter(None, [contact.liaison, contact.email])) if contact else ""
