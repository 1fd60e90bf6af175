"""The first page of a unit, and the choice for whoever acts for several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.shortcuts import get_list_or_404, render
from django.views.decorators.http import require_safe

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit.finding import mine, page
from applications.models import Application, JoinRequest
from council.models import UnitTenure
from members.models import ChangeRequest, Confirmation, MemberUnit
from members.views.certificates import certificate_cards

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LATEST = 5


@open_to(signed_in)
@require_safe
def my_units(request: HttpRequest) -> HttpResponse:
    """My unit; or, for whoever acts for several, which of them."""
    units = get_list_or_404(MemberUnit.objects.of(request.user).with_standing().select_related("organisation"))
    return shown(request, units[0].number) if len(units) == 1 else render(request, "myunit/choose.html", {"units": units})


@open_to(signed_in)
@require_safe
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """What there is to do, its seat and nominations, what it asked for and what became of it."""
    return shown(request, number)


def shown(request: HttpRequest, number: str) -> HttpResponse:
    unit = mine(request, number)
    seats = UnitTenure.objects.running().select_related("seat", "term")
    found = MemberUnit.objects.prefetch_related(
        "nominations__person",
        "nominations__term",
        "nominations__recommender__organisation",
        Prefetch("tenures", seats, to_attr="seats_held"),
    ).get(pk=unit.pk)
    return page(
        request,
        unit,
        "overview",
        seats=found.seats_held,
        nominations=found.nominations.all(),
        applications=Application.objects.filter(unit__in=MemberUnit.objects.lineage([unit]).values("pk")).only("uuid", "number"),
        tenures=unit.body_tenures.running().select_related("body"),
        requests=ChangeRequest.objects.filter(unit=unit).prefetch_related("changes")[:LATEST],
        confirmation=Confirmation.objects.awaited().filter(unit=unit).select_related("campaign").first(),
        resignation=unit.resignations.standing().first(),
        asking=JoinRequest.objects.to_decide().filter(organisation=unit.organisation).count(),
        card=certificate_cards([unit]).get(unit.pk),
    )
