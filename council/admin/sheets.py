"""What the secretariat sees of ballot sheets: what stands on them, how many were issued, and what became of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import OfficeInline, WorkflowAdmin
from council import workflow
from council.choices import SheetState
from council.forms import SHEET_STEP_FORMS
from council.models import BallotSheet, Contest

if TYPE_CHECKING:
    from django.http import HttpRequest


class ContestInline(OfficeInline):
    """What stands on the sheet."""

    model = Contest
    fields = ("__str__", "seats", "state")
    readonly_fields = fields
    show_change_link = True
    view_on_site = False


@admin.register(BallotSheet)
class BallotSheetAdmin(WorkflowAdmin):
    """One sheet for several contests, or one each, told apart by colour."""

    workflow = workflow.sheets
    step_forms = SHEET_STEP_FORMS
    single_steps = ("issue_ballots", "destroy_unused")
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("name", "meeting", "colour", "state", "printed", "issued", "unused")
    list_filter = ("state", "colour")
    list_select_related = ("meeting__term",)
    search_fields = ("name",)
    fields = ("meeting", "name", "colour", "state", ("printed", "issued", "unused"), ("destroyed_by", "witness", "destroyed_at"))
    readonly_fields = ("printed", "issued", "unused", "destroyed_by", "witness", "destroyed_at")
    inlines = (ContestInline,)

    def has_change_permission(self, request: HttpRequest, obj: BallotSheet | None = None) -> bool:
        """What was handed out or counted from does not change any more."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or (obj.state == SheetState.PREPARED and not obj.is_settled))

    def dossier(self, thing: BallotSheet) -> dict[str, Any]:
        """What became of the ballots; what was issued is not asked for again once a tally has it."""
        return {"sheet": thing, "idle_steps": ["issue_ballots"] if thing.is_settled else []}
