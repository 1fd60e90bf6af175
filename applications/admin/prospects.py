"""What the secretariat sees of the source pool: who is in it, how each stands, and how far the invitations are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, WorkflowAdmin
from alliance.exchange.admin import ExportsAdmin, ImportsAdmin
from alliance.templatetags import portal
from applications import prospecting
from applications.choices import ProspectState, Standing
from applications.forms.prospects import PROSPECT_STEP_FORMS, ProspectForm
from applications.models import Prospect
from applications.resources import prospects as tables
from members.choices import Direction, UnitType
from members.regions import REGIONS

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

WORDS = {"unit_type": dict(UnitType.choices), "region": REGIONS, "main_direction": dict(Direction.choices)}
HEADS = {"source": _("By source"), "unit_type": _("By type of unit"), "main_direction": _("By direction"), "region": _("By region")}


class StandingFilter(admin.SimpleListFilter):
    """How they stand."""

    title, parameter_name = _("standing"), "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Standing.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(standing=self.value()) if self.value() in Standing.values else queryset


@admin.register(Prospect)
class ProspectAdmin(HistoryAdmin, ImportsAdmin, ExportsAdmin, WorkflowAdmin):
    """Added by hand or by table; invited one by one, or many as long work."""

    form = ProspectForm
    sheet = tables.ProspectSheet.name
    takes = tables.ProspectRegister
    blank = staticmethod(tables.template)
    change_list_template = "admin/applications/prospect/change_list.html"
    reached_through = ""
    named_by = ("name",)
    workflow = prospecting.prospects
    step_forms = PROSPECT_STEP_FORMS
    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("name", "standing", "unit_type", "region", "main_direction", "source", "contact_email", "invited_at", "taken_at")
    list_filter = (StandingFilter, "source", "unit_type", "main_direction", "jurisdiction", ("contact_email", admin.EmptyFieldListFilter))
    search_fields = ("name", "reg_no", "contact_name", "contact_email", "source")
    readonly_fields = ("standing", "invited_at", "code_until", "taken_by", "taken_at", "application")
    fieldsets = (
        (None, {"fields": ("name", "jurisdiction", "reg_no", "unit_type", "region", "main_direction", "source")}),
        (_("Contact"), {"fields": ("contact_name", "contact_email", "contact_phone", "note")}),
        (pgettext_lazy("to apply", "Invitation"), {"fields": readonly_fields}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_standing().select_related("taken_by", "application")

    def get_readonly_fields(self, request: HttpRequest, obj: Prospect | None = None) -> list[str]:
        """The standing says more than the state."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "state"]

    @admin.display(description=_("standing"), ordering="standing")
    def standing(self, prospect: Prospect) -> str:
        """What the office did, unless an application or a membership says more."""
        standing = Standing(getattr(prospect, "standing", ProspectState.NEW))
        return portal.state(standing.label, TONES[standing])

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the figures of the whole pool on request."""
        figures = self.figures(request) if "figures" in request.GET else []
        if "figures" in request.GET:
            request.GET = request.GET.copy()
            request.GET.pop("figures")
        return super().changelist_view(request, {"figures": figures, "standings": Standing.choices, **(extra_context or {})})

    def figures(self, request: HttpRequest) -> list[tuple[Any, list[tuple[str, list[int]]]]]:
        """How far it is: by source, type, direction and region, a line for each."""
        rows = self.get_queryset(request)
        names = ("all", *Standing.values)
        return [
            (head, [(str(WORDS.get(by, {}).get(row[by], row[by]) or "–"), [row[name] for name in names]) for row in rows.counted(by)])
            for by, head in HEADS.items()
        ]


TONES = {Standing.NEW: "off", Standing.INVITED: "go", Standing.APPLIED: "go", Standing.MEMBER: "done", Standing.DECLINED: "stop"}
