"""The public page of a member unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from members import rules
from members.directory.shown import Shown
from members.models import BodyTenure, MemberUnit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(anyone)
@require_safe
def unit(request: HttpRequest, number: str) -> HttpResponse:
    """What the unit shows to whoever reads; of a former member, only that it is one no longer, and into which it went."""
    running = MemberUnit.objects.running().select_related("organisation")
    units = MemberUnit.objects.with_standing().with_posts(clock.today()).select_related("organisation__host")
    units = units.prefetch_related(
        "disclosures",
        "representatives__name_consents",
        Prefetch("body_tenures", BodyTenure.objects.running().select_related("body"), to_attr="sits_in"),
        Prefetch("organisation__hosted__memberships", running, to_attr="running_memberships"),
        Prefetch("organisation__host__memberships", running, to_attr="running_memberships"),
    )
    found = get_object_or_404(units, number=number)
    if not found.is_running:
        went_into = found.went_into.in_force().select_related("successor__organisation").first()
        return render(request, "members/former.html", {"unit": found, "successor": went_into and went_into.successor})
    return render(request, "members/unit.html", {"unit": found, "shown": Shown(found, rules.audience_of(request.user))})
