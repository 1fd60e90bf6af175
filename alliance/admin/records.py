"""What has happened, and when the timetable last ran: to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import Office
from alliance.admin.office import OfficeAdmin
from alliance.history.models import Event
from alliance.jobs.models import Run

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


class RecordAdmin(OfficeAdmin):
    """Rows that nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_change_permission = has_add_permission


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """The history, for the auditor."""

    seen_by = (Office.AUDITOR,)
    list_display = ("at", "actor", "acting_as", "kind", "thing_id", "step", "before", "after", "is_sealed")
    list_filter = ("kind", "step", "acting_as")
    list_select_related = ("actor", "seal")
    date_hierarchy = "at"

    @admin.display(description=_("sealed"), boolean=True)
    def is_sealed(self, event: Event) -> bool:
        return hasattr(event, "seal")


@admin.register(Run)
class RunAdmin(RecordAdmin):
    """The timetable's last runs."""

    seen_by = (*Office,)
    list_display = ("task", "started_at", "finished_at", "error")
