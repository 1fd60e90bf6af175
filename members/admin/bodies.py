"""What the secretariat sees of the bodies, and of who sits in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import HistoryAdmin, WorkflowAdmin
from alliance.admin.office import WrittenRows
from alliance.admin.records import RecordAdmin
from alliance.documents.admin import PapersAdmin
from alliance.exchange.admin import ExportsAdmin
from alliance.history.record import record
from alliance.templatetags import portal
from members import workflow
from members.admin.keeping import KeptWithHistory
from members.choices import BodyKind
from members.forms import SITTING_STEP_FORMS, HolderFormSet
from members.models import Body, BodyTenure

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class HolderInline(WrittenRows, admin.TabularInline):
    """Who holds a post in a body; an end is written in, and nothing is deleted."""

    model = BodyTenure
    formset = HolderFormSet
    can_delete = False
    fields = ("post", "unit", "expert", "person", "term", "begins_on", "consented_on", "ended_on", "end_reason")
    autocomplete_fields = ("unit", "expert")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*KEEPERS)

    has_change_permission = has_add_permission


@admin.register(Body)
class BodyAdmin(KeptWithHistory):
    """The bodies, with their posts; the council's members hold seats instead."""

    named_by = ("name",)
    calls_itself = ()
    list_display = ("name", "kind", "region", "established_on", "dissolved_on", "holders", "is_public")
    list_filter = ("kind", "is_public", ("dissolved_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "name_en")
    fields = (
        "kind",
        "name",
        "name_hant",
        "name_en",
        "region",
        "tasks",
        "tasks_hant",
        "tasks_en",
        "established_on",
        "dissolved_on",
        "is_public",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_holders()

    def get_inlines(self, request: HttpRequest, obj: Body | None = None) -> list[Any]:
        return [] if obj is None or obj.kind == BodyKind.COUNCIL else [HolderInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Body | None = None) -> tuple[str, ...]:
        return ("kind",) if obj else ()

    @admin.display(description=_("in office"), ordering="holders")
    def holders(self, body: Body) -> Any:
        """How many; the council's members hold seats, and are listed there."""
        if body.kind != BodyKind.COUNCIL:
            return body.holders
        return format_html('<a href="{}">{}</a>', reverse("admin:council_seat_changelist"), _("see the seats"))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """Each tenure begun or ended is an event of its body."""
        for tenure in formset.save():
            record(tenure.body, "edit", by=request.user, inputs={"tenure": tenure.pk})


class OnDayFilter(admin.SimpleListFilter):
    """Who held a post on one day: today, or any that is typed in."""

    title, parameter_name = _("held on the day"), "on"
    template = "admin/members/on_day.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(clock.today().isoformat(), _("Today"))]

    def day(self) -> Any:
        try:
            return parse_date(self.value() or "")
        except ValueError:
            return None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.on_date(self.day()) if self.day() else queryset

    def choices(self, changelist: Any) -> list[dict[str, Any]]:
        """One form: the day, and what else the list is narrowed to."""
        others = [(name, value) for name, value in changelist.get_filters_params().items() if name != self.parameter_name]
        kept = [(name, value) for name, values in others for value in (values if isinstance(values, list) else [values])]
        return [{"on": self.value() or "", "kept": kept, "all": changelist.get_query_string(remove=[self.parameter_name])}]


@admin.register(BodyTenure)
class BodyTenureAdmin(HistoryAdmin, ExportsAdmin, PapersAdmin, RecordAdmin, WorkflowAdmin):
    """Who sits, and sat, in which body: a letter of appointment is made here, and a tenure ended, with its reason."""

    reached_through = "unit"
    sheet = "holders"
    workflow = workflow.sittings
    step_forms = SITTING_STEP_FORMS
    seen_by = SECRETARIAT
    list_display = ("holder", "body", "title", "term", "begins_on", "ended_on", "state")
    list_filter = (OnDayFilter, "body__kind", "body", "post", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("body", "term", "unit__organisation", "expert")
    search_fields = ("person", "unit__organisation__name", "unit__number", "expert__name", "body__name")
    fields = ("body", "title", "unit", "expert", "person", "term", "begins_on", "consented_on", "state", "ended_on", "end_reason")
    readonly_fields = ("title",)

    @admin.display(description=_("holder"))
    def holder(self, tenure: BodyTenure) -> str:
        return tenure.holder

    @admin.display(description=_("post"), ordering="post")
    def title(self, tenure: BodyTenure) -> str:
        return tenure.title

    @admin.display(description=_("state"), ordering="ended_on")
    def state(self, tenure: BodyTenure) -> str:
        return portal.state(tenure)
