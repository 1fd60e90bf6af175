"""What the secretariat sees of the seats of a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT
from alliance.exchange.admin import ExportsAdmin
from council import resources
from council.models import Seat

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


@admin.register(Seat)
class SeatAdmin(ExportsAdmin):
    """The seats of a term, to read: its plan is changed on the page of the term."""

    sheet = resources.Table.name

    seen_by = SECRETARIAT
    list_display = ("number", "term", "tier", "direction")
    list_display_links = ("number",)
    list_filter = ("term", "tier", "direction")
    list_select_related = ("term",)
    search_fields = ("=number", "tenures__unit__organisation__name", "tenures__unit__number")
    fields = ("term", "number", "tier", "direction", "planned_from", "planned_until")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
