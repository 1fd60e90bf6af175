"""The first page of a unit, and the choice for whoever acts for several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.shortcuts import get_list_or_404, render
from django.views.decorators.http import require_safe

from alliance.accounts.doors import open_to, signed_in
from alliance.announcements.entries import for_members
from alliance.myunit.finding import mine, page
from applications.models import Application, JoinRequest
from council.models import ActingChair, Nomination, UnitTenure
from council.workflow import accept_nomination, agree_to_stand, decline_nomination, take_back_recommendation, withdraw_nomination
from members.models import ChangeRequest, Confirmation, MemberUnit
from members.rules import speaks_for_unit
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


ANSWERS = {"accept": accept_nomination, "stand": agree_to_stand, "withdraw": withdraw_nomination, "decline": decline_nomination}


def nominations_of(unit: MemberUnit, user: Any) -> list[Nomination]:
    """Those of the unit, each with `acts`: what the visitor may answer to it now; what was voted on is answered."""
    found = list(unit.nominations.all())
    speaks = speaks_for_unit(user, unit)
    for nomination in found:
        is_theirs = nomination.person.user_id == user.pk and nomination.person.until is None
        may = {"accept": speaks, "stand": is_theirs, "withdraw": speaks or is_theirs, "decline": speaks or is_theirs}
        open_steps = [] if nomination.voted_on else ANSWERS.items()
        nomination.acts = [name for name, step in open_steps if nomination.state in step.sources and may[name]]
    return found


def recommended_by(unit: MemberUnit, user: Any) -> list[Nomination]:
    """Those by which it recommends others, each with whether the visitor may take it back now."""
    rows = unit.recommends.with_outcome().select_related("unit__organisation", "person", "term").order_by("-nominated_at", "-pk")
    found, speaks = list(rows), speaks_for_unit(user, unit)
    for nomination in found:
        nomination.may_be_taken_back = speaks and nomination.state in take_back_recommendation.sources
    return found


def shown(request: HttpRequest, number: str) -> HttpResponse:
    unit = mine(request, number)
    seats = UnitTenure.objects.running().select_related("seat", "term")
    seats = seats.prefetch_related(Prefetch("acting", ActingChair.objects.filter(ended_on=None), to_attr="acts"))
    found = MemberUnit.objects.prefetch_related(
        Prefetch("nominations", Nomination.objects.with_outcome().select_related("person", "term", "call", "recommender__organisation")),
        Prefetch("tenures", seats, to_attr="seats_held"),
    ).get(pk=unit.pk)
    nominations = nominations_of(found, request.user)
    return page(
        request,
        unit,
        "overview",
        seats=found.seats_held,
        nominations=nominations,
        recommended=recommended_by(unit, request.user),
        to_answer=[each for each in nominations if {"accept", "stand"} & {*each.acts}],
        applications=Application.objects.filter(unit__in=MemberUnit.objects.lineage([unit]).values("pk")).only("uuid", "number"),
        tenures=unit.body_tenures.running().select_related("body"),
        requests=ChangeRequest.objects.filter(unit=unit).prefetch_related("changes")[:LATEST],
        confirmation=Confirmation.objects.awaited().filter(unit=unit).select_related("campaign").first(),
        resignation=unit.resignations.standing().first(),
        asking=JoinRequest.objects.to_decide().filter(organisation=unit.organisation).count(),
        news=for_members(LATEST),
        card=certificate_cards([unit]).get(unit.pk),
    )
