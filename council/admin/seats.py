"""What the secretariat sees of the seats of a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.exchange.admin import ExportsAdmin
from council import resources
from council.models import Seat

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

KEEPERS = (Office.OFFICER, Office.SECRETARY)


@admin.register(Seat)
class SeatAdmin(ExportsAdmin):
    """The plan of a term: a seat's direction can be moved until the term begins."""

    sheet = resources.Table.name

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("number", "term", "tier", "direction")
    list_display_links = ("number",)
    list_filter = ("term", "tier", "direction")
    list_select_related = ("term",)
    search_fields = ("=number", "tenures__unit__organisation__name", "tenures__unit__number")
    fields = ("term", "number", "tier", "direction")
    readonly_fields = ("term", "number", "tier")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Seat | None = None) -> bool:
        return self.may_keep(request) and (obj is None or not obj.term.has_begun)
