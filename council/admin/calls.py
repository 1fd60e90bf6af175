"""What the secretariat sees of calls for nominations: how far each is, who stands where, and the list that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import WorkflowAdmin
from alliance.exchange.papers import PapersPage
from council import papers, workflow  # noqa: F401 — papers declares which there are
from council.choices import CallState, NominationState
from council.dashboard.balance import Strip, members_on, mix_of, strips
from council.forms import CALL_STEP_FORMS
from council.models import Call, Seat
from members.choices import Direction, Tier
from members.models import Listing

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(Call)
class CallAdmin(PapersPage, WorkflowAdmin):
    """Calls: planned, open, their list drawn up, published and settled."""

    workflow = workflow.calls
    step_forms = CALL_STEP_FORMS
    single_steps = tuple(workflow.steps)
    seen_by, kept_by = SECRETARIAT, KEEPERS
    calls_itself = ("term",)
    list_display = ("__str__", "opens_on", "closes_on", "published_on", "published_until", "state")
    list_filter = ("state", "term", "kind")
    list_select_related = ("term",)
    fields = ("term", "kind", "opens_on", "closes_on", "drawn_up_at", "published_on", "published_until", "digest", "state")
    readonly_fields = ("drawn_up_at", "published_on", "published_until", "digest")

    def has_change_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """What was called for does not change; its last day moves by a step."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == CallState.PLANNED)

    def dossier(self, thing: Call) -> dict[str, Any]:
        """For each post: vacant seats, and how many stand at each stage; each number opens its list."""
        vacant = {(row["tier"], row["direction"]): row["seats"] for row in Seat.objects.vacant_by_post(thing.term)}
        counts = thing.nominations.standing().by_post()
        address = reverse("admin:council_nomination_changelist") + f"?call__id__exact={thing.pk}"
        posts = sorted(vacant.keys() | counts.keys(), key=place_of)
        lines = [line(post, vacant, counts, address) for post in posts]
        return {"call": thing, "address": address, "posts": lines, "strips": balance_of(thing)}


def balance_of(call: Call) -> list[Strip]:
    """Who is shortlisted against the members: by type, region, branch city, position on the chain and scale."""
    shortlisted = Listing.objects.filter(unit__nominations__in=call.nominations.filter(state=NominationState.SHORTLISTED)).distinct()
    return strips(mix_of(shortlisted), members_on(clock.today())) if shortlisted else []


def place_of(post: tuple[int, str]) -> tuple[int, int]:
    """The order of the plan."""
    tier, direction = post
    return tier, Direction.values.index(direction) if direction else -1


def line(post: tuple[int, str], vacant: dict[Any, int], counts: dict[Any, dict[str, int]], address: str) -> dict[str, Any]:
    tier, direction = post
    none = {"nominated": 0, "accepted": 0, "shortlisted": 0, "put_forward": 0}
    url = f"{address}&tier__exact={tier}" + (f"&direction__exact={direction}" if direction else "")
    return {"tier": Tier(tier).label, "direction": direction, "seats": vacant.get(post, 0), "url": url, **none, **counts.get(post, {})}
