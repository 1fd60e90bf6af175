"""What the secretariat sees of the bodies, and of who sits in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin
from alliance.admin.records import RecordAdmin
from alliance.history.record import record
from members.admin.keeping import KEEPERS, KeptWithHistory
from members.choices import BodyKind
from members.forms import HolderFormSet
from members.models import Body, BodyTenure

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class HolderInline(admin.TabularInline):
    """Who holds a post in a body; an end is written in, and nothing is deleted."""

    model = BodyTenure
    formset = HolderFormSet
    extra = 0
    can_delete = False
    fields = ("post", "unit", "expert", "person", "term", "begins_on", "ended_on", "end_reason")
    autocomplete_fields = ("unit", "expert")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*KEEPERS)

    has_change_permission = has_add_permission


@admin.register(Body)
class BodyAdmin(KeptWithHistory):
    """The bodies, with their posts; the council's members hold seats instead."""

    list_display = ("name", "kind", "region", "established_on", "dissolved_on", "holders")
    list_filter = ("kind",)
    search_fields = ("name", "name_en")
    fields = ("kind", "name", "name_hant", "name_en", "region", "tasks", "established_on", "dissolved_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_holders()

    def get_inlines(self, request: HttpRequest, obj: Body | None = None) -> list[Any]:
        return [] if obj is None or obj.kind == BodyKind.COUNCIL else [HolderInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Body | None = None) -> tuple[str, ...]:
        return ("kind",) if obj else ()

    @admin.display(description=_("in office"), ordering="holders")
    def holders(self, body: Body) -> int:
        return body.holders

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """Each tenure begun or ended is an event of its body."""
        for tenure in formset.save():
            record(tenure.body, "edit", by=request.user, inputs={"tenure": tenure.pk})


@admin.register(BodyTenure)
class BodyTenureAdmin(HistoryAdmin, RecordAdmin):
    """Who sits, and sat, in which body."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("holder", "body", "post", "term", "begins_on", "ended_on")
    list_filter = ("body", "post", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("body", "term", "unit__organisation", "expert")
    search_fields = ("person", "unit__organisation__name", "expert__name")
    fields = ("body", "post", "unit", "expert", "person", "term", "begins_on", "ended_on", "end_reason")

    @admin.display(description=_("holder"))
    def holder(self, tenure: BodyTenure) -> str:
        return tenure.holder
