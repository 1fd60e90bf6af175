"""What the secretariat sees of member units and their representatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.admin.workflow import button
from alliance.documents.admin import PapersAdmin
from alliance.exchange.admin import ExportsAdmin
from alliance.templatetags import portal
from members import workflow
from members.admin import lineage
from members.admin.life import LIFE_INLINES
from members.forms import MEMBERSHIP_STEP_FORMS
from members.forms.life import LIFE_STEP_FORMS
from members.models import BodyTenure, Certificate, MemberUnit, Representative

if TYPE_CHECKING:
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
class MemberUnitAdmin(HistoryAdmin, ExportsAdmin, PapersAdmin, WorkflowAdmin):
    """The register of member units."""

    reached_through = ""
    sheet = "members"  # the council's: it names their posts

    workflow = workflow.membership
    step_forms = MEMBERSHIP_STEP_FORMS | LIFE_STEP_FORMS
    single_steps = SINGLE
    seen_by = SECRETARIAT
    list_display = ("number", "name", "unit_type", "region", "direction", "standing", "admitted_on", "ended_on")
    list_display_links = ("number", "name")
    list_filter = (IdleFilter, "state", "organisation__main_direction", "organisation__unit_type")
    list_select_related = ("organisation",)
    search_fields = (
        "number", "organisation__name", "organisation__former_names__name", "organisation__reg_no", "representatives__name",
    )  # fmt: skip
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

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_standing()

    @admin.display(description=_("state"), ordering="state")
    def standing(self, unit: MemberUnit) -> str:
        """The state; until the founding, that it is a prospective member."""
        return portal.state(_("Prospective member"), "go") if unit.is_prospective else portal.state(unit)

    @admin.display(description=_("name"), ordering="organisation__name")
    def name(self, unit: MemberUnit) -> str:
        return unit.organisation.name

    @admin.display(description=_("type of unit"), ordering="organisation__unit_type")
    def unit_type(self, unit: MemberUnit) -> str:
        return unit.organisation.get_unit_type_display()

    @admin.display(description=_("region"), ordering="organisation__region")
    def region(self, unit: MemberUnit) -> str:
        return unit.organisation.get_region_display()

    @admin.display(description=_("main direction"), ordering="organisation__main_direction")
    def direction(self, unit: MemberUnit) -> str:
        return portal.direction(unit.organisation.main_direction) or "–"


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
