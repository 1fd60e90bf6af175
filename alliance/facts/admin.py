"""The alliance's facts, kept by the secretary-general."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin
from alliance.facts.models import Facts

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


@admin.register(Facts)
class FactsAdmin(OfficeAdmin):
    """One row: it is changed, and never added."""

    seen_by, kept_by = SECRETARIAT, (Office.SECRETARY,)
    fields = ("phase",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(*self.kept_by)
