"""What the secretariat sees of motions: their rule, their votes, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import WorkflowAdmin
from alliance.text import key
from members import workflow
from members.choices import Choice, MeetingState, MotionState
from members.forms.meetings import MOTION_STEP_FORMS
from members.models import AgendaItem, Meeting, Motion

if TYPE_CHECKING:
    from django.http import HttpRequest

HELD = ("planned", "convened", "open")
MOST_NAMED = 200


@admin.register(Motion)
class MotionAdmin(WorkflowAdmin):
    """Motions: prepared, put to the vote, voted on. The resolution that came of one stands with its meeting."""

    workflow = workflow.motions
    step_forms = MOTION_STEP_FORMS
    single_steps = ("count_hands", "close_vote")
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("subject", "meeting", "item", "weight", "way", "state")
    list_filter = ("state", "way", "weight", "meeting__assembly")
    list_select_related = ("meeting__term", "item")
    search_fields = ("subject",)
    fields = ("meeting", "item", "subject", "weight", "way", "state")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"meeting": request.GET.get("meeting"), "item": request.GET.get("item")}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Of meetings that are not over; of the agenda of this one."""
        if db_field.name == "meeting":
            options["queryset"] = Meeting.objects.filter(state__in=HELD).select_related("term")
        if db_field.name == "item":
            asked, found = request.GET.get("meeting"), request.resolver_match.kwargs.get("object_id")
            items = AgendaItem.objects.filter(meeting__state__in=HELD)
            if found:
                items = items.filter(meeting__motions=key(found))
            elif asked:
                items = items.filter(meeting=key(asked))
            options["queryset"] = items
        return super().formfield_for_foreignkey(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, obj: Motion | None = None) -> bool:
        """What is put to the vote does not change any more."""
        return super().has_change_permission(request, obj) and (
            obj is None or (obj.state == MotionState.PREPARED and obj.meeting.state != MeetingState.CLOSED)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Motion | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["meeting"] if obj else [])]

    def dossier(self, thing: Motion) -> dict[str, Any]:
        """The votes by name, as far as they are in, and how many are missing."""
        votes = thing.votes.select_related("attendance__unit__organisation").order_by("attendance__unit__number", "attendance")
        tally = [(choice.label, thing.votes.filter(choice=choice).count()) for choice in Choice]
        return {"motion": thing, "votes": votes[:MOST_NAMED], "tally": tally, "present": thing.meeting.present}
