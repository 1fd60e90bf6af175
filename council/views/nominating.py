"""What a unit sees of its nominations, and its person of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.facts.models import facts
from alliance.text import posted
from alliance.workflow import NotAllowed, Refused
from council import rules, workflow
from council.forms import NominateForm, StandForm
from council.models import Call, Nomination, Seat
from members.models import MemberUnit
from members.models.name_consent import IN_FORCE, TEXTS

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, number: str) -> HttpResponse:
    """Put my own unit forward, or recommend another."""
    unit = get_object_or_404(MemberUnit.objects.of(request.user).select_related("organisation"), number=number)
    call = Call.objects.taking(clock.today()).select_related("term").first()
    vacant = Seat.objects.vacant_by_post(call.term) if call else []
    form = NominateForm(posted(request), vacant=vacant)
    if request.method == "POST" and form.is_valid():
        try:
            put_forward(unit, call, dict(form.cleaned_data), request)
        except NotAllowed:
            raise
        except Refused as refusal:  # with everything that was typed still in the form; above it, where it is about no field
            form.add_error("whom" if refusal.about == "unit" else None, str(refusal.why))
        else:
            return redirect("unit")
    context = {"unit": unit, "form": form, "call": call, "vacant": vacant}
    return render(request, "council/nominate.html", context, status=422 if form.errors else 200)


def put_forward(unit: MemberUnit, call: Call | None, said: dict[str, Any], request: HttpRequest) -> None:
    other = said.pop("whom")
    if other == unit:
        other = None
    term = call.term if call else None
    workflow.nominate(other or unit, term=term, by=request.user, recommender=unit if other else None, **said)
    told = _("Recommended. %(unit)s is asked whether it accepts.") if other else _("Nominated. The %(office)s examines it.")
    messages.success(request, told % {"unit": other, "office": facts().office})


ANSWERS: dict[str, Any] = {
    "accept": workflow.accept_nomination,
    "decline": workflow.decline_nomination,
    "withdraw": workflow.withdraw_nomination,
    "take_back": workflow.take_back_recommendation,
}


def mine(request: HttpRequest, uuid: UUID) -> Nomination:
    """A nomination of a unit for which the visitor acts."""
    return theirs(uuid, unit__in=MemberUnit.objects.of(request.user))


def theirs(uuid: UUID, **whose: Any) -> Nomination:
    rows = Nomination.objects.filter(**whose).select_related("unit__organisation", "recommender__organisation", "person", "term")
    return get_object_or_404(rows, uuid=uuid)


@open_to(signed_in)
@require_POST
def answer(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """The nominee's answer, or the recommender's second thought; whoever is the person too is asked next whether they stand."""
    if step not in ANSWERS:
        raise Http404
    is_recommender = step == "take_back"
    nomination = theirs(uuid, recommender__in=MemberUnit.objects.of(request.user)) if is_recommender else mine(request, uuid)
    ANSWERS[step](nomination, by=request.user)
    if workflow.agree_to_stand.open_to(nomination, request.user):
        return redirect("council:stand", nomination.uuid)
    messages.success(request, _("Noted: %(state)s.") % {"state": nomination.get_state_display()})
    return redirect("unit")


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def stand(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The person says that they stand, and whether they may be named in public."""
    nomination = mine(request, uuid)
    if not rules.is_the_person(request.user, nomination):
        raise Http404
    form = StandForm(posted(request), text=str(TEXTS[IN_FORCE]))
    if request.method == "POST" and form.is_valid():
        workflow.agree_to_stand(nomination, by=request.user, **form.cleaned_data)
        messages.success(request, _("You stand. The %(office)s examines the nomination.") % {"office": facts().office})
        return redirect("unit")
    return render(request, "council/stand.html", {"nomination": nomination, "form": form})
