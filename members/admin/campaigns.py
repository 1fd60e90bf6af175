"""What the secretariat sees of the yearly confirmation: how far it is, who has not confirmed, and what came on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import OfficeAdmin, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.exchange.admin import ExportsAdmin
from members import workflow
from members.choices import BodyKind, CampaignState, ConfirmationState, Direction
from members.forms.answering import CAMPAIGN_STEP_FORMS, CONFIRMATION_STEP_FORMS
from members.models import Body, Campaign, Confirmation
from members.resources.confirmations import ConfirmationSheet

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Campaign)
class CampaignAdmin(WorkflowAdmin, OfficeAdmin):
    """One row a year: planned, opened by hand or on its day, closed by hand."""

    workflow = workflow.campaigns
    step_forms = CAMPAIGN_STEP_FORMS
    single_steps = ("open_campaign", "close_campaign")
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "state", "opens_on", "due_on", "is_yearly")
    list_filter = ("state",)
    fields = ("year", "state", "opens_on", "due_on", "is_yearly", "opened_at", "closed_at")
    readonly_fields = ("opened_at", "closed_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Campaign | None = None) -> list[str]:
        """Once it runs, only the day by which it is due may be moved; once it is closed, nothing."""
        settled = {CampaignState.OPEN: ["year", "opens_on"], CampaignState.CLOSED: ["year", "opens_on", "due_on", "is_yearly"]}
        return [*super().get_readonly_fields(request, obj), *(settled.get(obj.state, []) if obj else [])]

    def dossier(self, thing: Campaign) -> dict[str, Any]:
        """How many have confirmed, by direction and by branch; each number opens its list."""
        rows = thing.confirmations.all()
        by_direction, total = rows.by_direction(), rows.counted()
        branches = Body.objects.filter(kind=BodyKind.BRANCH, dissolved_on=None)
        address = reverse("admin:members_confirmation_changelist") + f"?campaign__id__exact={thing.pk}"
        named = [(word, by_direction[value], f"{address}&unit__organisation__main_direction__exact={value}") for value, word in Direction.choices if value in by_direction]  # fmt: skip
        tables = [(_("By direction"), named), (_("By branch"), [(branch, counts, "") for branch, counts in rows.by_branch(branches)])]
        return {"total": total, "tables": tables, "address": address, "states": ConfirmationState.choices}


class AwaitedFilter(admin.SimpleListFilter):
    """Who has not confirmed, of the campaign that runs."""

    title, parameter_name = _("not confirmed"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Not confirmed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.awaited() if self.value() else queryset


@admin.register(Confirmation)
class ConfirmationAdmin(RecordAdmin, ExportsAdmin, WorkflowAdmin):
    """A row for every unit that belonged when the confirmation opened; what is seen is what leaves."""

    reached_through = "unit"
    sheet = ConfirmationSheet.name
    workflow = workflow.confirmations
    step_forms = CONFIRMATION_STEP_FORMS
    others_steps = ("confirm", "confirm_with_changes")
    seen_by = SECRETARIAT
    list_display = ("unit", "campaign", "state", "way", "confirmed_by", "confirmed_at", "request")
    list_filter = (
        AwaitedFilter,
        "campaign",
        "state",
        "way",
        "unit__organisation__main_direction",
        "unit__organisation__unit_type",
        "unit__state",
    )
    list_select_related = ("unit__organisation", "campaign", "confirmed_by", "request__unit__organisation")
    search_fields = ("unit__number", "unit__organisation__name")
    fields = ("campaign", "unit", "state", "way", "confirmed_by", "confirmed_at", "received_on", "note", "request", "digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("unit__organisation", "campaign")

    def narrowed(self, request: HttpRequest) -> str:
        """未确认, where the list is narrowed to who has not."""
        state = request.GET.get("state__exact", "")
        return str(ConfirmationState(state).label) if state in ConfirmationState.values else ""
