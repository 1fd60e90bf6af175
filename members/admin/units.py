"""What the secretariat sees of member units and their representatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.admin.saved_views import SavedViewsAdmin
from alliance.admin.workflow import button
from alliance.exchange.admin import ExportsAdmin
from alliance.exchange.papers import PapersPage
from members import workflow
from members.admin import lineage
from members.admin.life import LIFE_INLINES
from members.admin.register import ON, BodyFilter, Columns, RegisterList, day_asked
from members.forms import MEMBERSHIP_STEP_FORMS
from members.forms.life import LIFE_STEP_FORMS
from members.models import BodyTenure, Certificate, MemberUnit, Representative
from members.resources import Roll

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


class CertificateInline(OfficeInline):
    model = Certificate
    fields = readonly_fields = ("number", "issued_on", "valid_until", "ended_on", "end")
    show_change_link = True


class BodyTenureInline(OfficeInline):
    """Where it takes part besides the council."""

    model = BodyTenure
    fields = readonly_fields = ("body", "post", "person", "begins_on", "ended_on")


class RepresentativeInline(OfficeInline):
    model = Representative
    fields = readonly_fields = ("name", "post", "user", "since", "until")


class IdleFilter(admin.SimpleListFilter):
    """Of whom nothing was heard for as long as the facts say."""

    title, parameter_name = _("signs of life"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("idle", _("None for long"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.idle(clock.now() - workflow.idle_since()) if self.value() else queryset


SINGLE = ("change_representative", "rename", "merge", "split", "undo_succession", "undo_succession_of_suspended", "take_back", "charge", "hear_defence", "drop_charges", "expel")  # fmt: skip


@admin.register(MemberUnit)
class MemberUnitAdmin(Columns, SavedViewsAdmin, HistoryAdmin, ExportsAdmin, PapersPage, WorkflowAdmin):
    """The register of member units, in everybody's own columns; with a day in the address, as it stood then."""

    reached_through = ""
    named_by = ("number", "organisation__name")
    sheet = Roll.name
    change_list_template = "admin/members/register.html"

    workflow = workflow.membership
    step_forms = MEMBERSHIP_STEP_FORMS | LIFE_STEP_FORMS
    single_steps = SINGLE
    seen_by = SECRETARIAT
    list_display = ("number", "name", "unit_type", "region", "direction", "post", "representative", "standing", "admitted_on", "ended_on")
    columns = (
        "number", "name", "unit_type", "jurisdiction", "reg_no", "region", "direction", "related_directions", "chain_position", "scale", "branch",
        "groups", "post", "representative", "certificate", "standing", "admitted_on", "ended_on",
    )  # fmt: skip
    list_display_links = ("number",)
    list_filter = (
        IdleFilter,
        "state",
        "organisation__main_direction",
        "organisation__unit_type",
        "organisation__scale",
        BodyFilter,
    )
    list_select_related = ("organisation",)
    search_fields = ("listing__words",)  # how it is searched, `found_by` says
    search_help_text = _(
        "Name or former name, in either script or by the initials of its pinyin; member or registration number; representative"
    )
    show_full_result_count = False
    readonly_fields = ("number", "organisation", "standing", "admitted_on", "previous", "ended_on", "ground", "end_reason")
    inlines = (RepresentativeInline, CertificateInline, BodyTenureInline)

    def get_fields(self, request: HttpRequest, obj: MemberUnit | None = None) -> list[str]:
        """What has no value yet is left out: how it ended, which membership went before it."""
        may_lack = ("previous", "ended_on", "ground", "end_reason")
        return [name for name in self.readonly_fields if name not in may_lack or (obj and getattr(obj, name))]

    def get_inlines(self, request: HttpRequest, obj: MemberUnit | None = None) -> list[Any]:
        """Of its life, what has happened."""
        return [*self.inlines, *(each for each in LIFE_INLINES if obj and each.model.objects.filter(unit=obj).exists())]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A button is shown where it can lead to something."""
        thing = self.get_object(request, object_id) if object_id else None
        pointless = lineage.pointless(thing) if thing else set()
        steps = [step for step in self.workflow.open_to(thing, request.user) if step.name not in pointless] if thing else []
        shown = {"open_steps": [button(step) for step in steps]} if thing else {}
        return super().changeform_view(request, object_id, form_url, shown | (extra_context or {}))

    def dossier(self, thing: MemberUnit) -> dict[str, Any]:
        """What it was called, what it continues and what continues it, and when it last gave a sign of life."""
        return {
            "unit": thing,
            "former_names": lineage.former_names(thing),
            "before_it": lineage.before_it(thing),
            "after_it": lineage.where_it_went(thing),
            "last_sign": lineage.last_sign_of_life(thing),
        }

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RegisterList]:
        return RegisterList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return queryset.found_by(search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A day that is still to come, or none at all, is told; the register of today is shown."""
        asked, day = request.GET.get(ON, ""), day_asked(request)
        if asked and not day and asked != clock.today().isoformat():
            messages.warning(request, _("“%(day)s” is no day of the past: this is the register of today.") % {"day": asked[:20]})
        return super().changelist_view(request, {"on": day, "today": clock.today()} | (extra_context or {}))

    def day_of(self, request: HttpRequest) -> date | None:
        return day_asked(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_standing()


@admin.register(Representative)
class RepresentativeAdmin(RecordAdmin):
    """Who speaks and votes for which member unit, and did."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("name", "post", "unit", "since", "until")
    list_filter = (("until", admin.EmptyFieldListFilter), "unit__organisation__unit_type")
    list_select_related = ("unit__organisation",)
    search_fields = ("name", "unit__number", "unit__organisation__name")
    fields = (*list_display, "user")
