"""Who keeps what the register holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeAdmin

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


class KeptWithHistory(HistoryAdmin, OfficeAdmin):
    """Seen by the secretariat, kept by officers and the secretary-general."""

    seen_by, kept_by = SECRETARIAT, KEEPERS


class FixedTable(KeptWithHistory):
    """A table whose lines are given, one a field: the office keeps the other column."""

    readonly_fields = ("field",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)

    @admin.display(description=_("field"), ordering="field")
    def field_in_words(self, line: Model) -> str:
        return str(line)
