"""What the secretariat sees of contests, their candidates and tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import WorkflowAdmin
from council import workflow
from council.choices import ContestState, NominationState
from council.forms import CONTEST_STEP_FORMS
from council.models import Candidate, Contest, Count, Nomination

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

KEEPERS = (Office.OFFICER, Office.SECRETARY)


class CandidateInline(admin.TabularInline):
    """Who stands: chosen from the shortlist until voting starts."""

    model = Candidate
    extra = 0
    fields = ("nomination",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Nomination.objects.filter(state=NominationState.SHORTLISTED).select_related("unit__organisation")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        return request.user.holds(*KEEPERS) and (obj is None or obj.state == ContestState.PREPARED)

    has_change_permission = has_add_permission

    def has_delete_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        return self.has_add_permission(request, obj)


@admin.register(Contest)
class ContestAdmin(WorkflowAdmin):
    """Contests: prepared with their candidates, voted, counted, certified."""

    workflow = workflow.contests
    step_forms = CONTEST_STEP_FORMS
    others_steps = ("count",)  # a tally is one contest's
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "meeting", "seats", "state")
    list_filter = ("state", "term", "tier", "direction")
    list_select_related = ("meeting__term", "term")
    search_fields = ("candidates__nomination__unit__organisation__name", "candidates__nomination__unit__number")
    fields = (
        "meeting",
        "term",
        "tier",
        "direction",
        "seats",
        ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base"),
        "state",
    )
    inlines = (CandidateInline,)

    def has_change_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        """What is voted on does not change any more."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == ContestState.PREPARED)

    def dossier(self, thing: Contest) -> dict[str, Any]:
        """The digest of what is frozen, the tally, and the outcome as it is counted."""
        counts = Count.objects.filter(candidate__contest=thing).select_related(
            "candidate__nomination__unit__organisation", "candidate__nomination__person"
        )
        found = workflow.outcome(thing) if thing.state in (ContestState.COUNTED, ContestState.CERTIFIED, ContestState.RUNOFF) else None
        return {"contest": thing, "counts": counts, "outcome": found}
