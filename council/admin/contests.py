"""What the secretariat sees of contests: who stands, what was counted, what was decided, and who answered for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404
from django.urls import path

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import WorkflowAdmin
from alliance.admin.office import WrittenRows
from alliance.documents.admin import PapersAdmin
from alliance.documents.serving import attached
from council import papers, workflow
from council.admin.counted import Counted
from council.choices import ContestKind, ContestState, NominationState
from council.forms import CONTEST_STEP_FORMS, TALLY_STEP_FORMS
from council.models import Candidate, Contest, Nomination

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

PDF = "application/pdf"


class CandidateInline(WrittenRows, admin.TabularInline):
    """Who stands: of the shortlist; for the second step and other bodies a unit, an expert or a person. Until voting starts."""

    model = Candidate
    fields = ("place", "nomination", "unit", "expert", "person")
    autocomplete_fields = ("unit", "expert")
    ordering = ("place", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "nomination":
            kwargs["queryset"] = Nomination.objects.filter(state=NominationState.SHORTLISTED).select_related("unit__organisation")
        found = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "nomination":
            found.choices = list(found.choices)  # read once, not by every row
        return found

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Candidates are chosen, not added on the way."""
        found = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
            if found and hasattr(found.widget, name):
                setattr(found.widget, name, False)
        return found

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        return request.user.holds(*KEEPERS) and (obj is None or obj.state == ContestState.PREPARED)

    has_change_permission = has_add_permission

    def has_delete_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        return self.has_add_permission(request, obj)


@admin.register(Contest)
class ContestAdmin(PapersAdmin, WorkflowAdmin):
    """Contests: prepared with their candidates, voted, counted twice, announced, certified by two."""

    workflow = workflow.contests
    step_forms = CONTEST_STEP_FORMS | TALLY_STEP_FORMS
    single_steps = (*TALLY_STEP_FORMS, "call_runoff", "leave_vacant", "decide_write_in", "seat_directors")
    seen_by, kept_by = SECRETARIAT, KEEPERS
    calls_itself = ("body",)
    list_display = ("__str__", "meeting", "kind", "seats", "sheet", "state")
    list_filter = ("state", "kind", "term", "tier", "direction")
    list_select_related = ("meeting__term", "term", "body", "sheet")
    search_fields = ("candidates__nomination__unit__organisation__name", "candidates__nomination__unit__number", "candidates__called")
    fieldsets = (
        (
            None,
            {"fields": (("meeting", "term"), "kind", ("tier", "direction"), ("body", "post"), ("seats", "sheet"), "drawn_from", "state")},
        ),
    )
    inlines = (CandidateInline,)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/ballot/", wrap(self.ballot_view), name="council_contest_ballot"),
            path("<int:pk>/tally-sheet/", wrap(self.tally_sheet_view), name="council_contest_tally_sheet"),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "drawn_from":
            options["queryset"] = Contest.objects.filter(kind=ContestKind.UNITS).select_related("meeting__term", "body")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        """What is voted on does not change any more."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == ContestState.PREPARED)

    def dossier(self, thing: Contest) -> dict[str, Any]:
        """What is frozen, what was counted, what follows from it; and what it leaves nobody to decide."""
        counted = Counted(thing)
        return {"contest": thing, "counted": counted, "idle_steps": counted.idle_steps}

    def ballot_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The ballot, with everything that stands on its sheet."""
        return self.printed(request, pk, lambda contest: papers.ballot(on_sheet(contest)), "选票")

    def tally_sheet_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the tellers write on."""
        return self.printed(request, pk, papers.tally_sheet, "计票单")

    def printed(self, request: HttpRequest, pk: int, make: Callable[[Contest], bytes], title: str) -> HttpResponse:
        contest = self.get_object(request, str(pk))
        if contest is None or not self.has_view_permission(request, contest) or not contest.candidates.exists():
            raise Http404
        return attached(make(contest), PDF, f"{title}_{contest}.pdf")


def on_sheet(contest: Contest) -> list[Contest]:
    """The contests that stand on the same sheet; alone, where it has none."""
    if contest.sheet is None:
        return [contest]
    return list(contest.sheet.contests.exclude(state=ContestState.VOID).select_related("body", "sheet", "meeting__term").order_by("pk"))
