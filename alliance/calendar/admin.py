"""The table of exceptional days, kept by the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin
from alliance.calendar.models import ExceptionalDay

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


@admin.register(ExceptionalDay)
class ExceptionalDayAdmin(OfficeAdmin):
    """A holiday that was announced wrongly can be taken out again."""

    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("day", "is_workday", "note")
    list_filter = ("is_workday",)
    date_hierarchy = "day"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request, obj)
