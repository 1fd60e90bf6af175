"""What the secretariat sees of what units show, and of who agreed to be named."""

from __future__ import annotations

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT
from alliance.admin.records import RecordAdmin
from members.models import Disclosure, NameConsent


@admin.register(Disclosure)
class DisclosureAdmin(RecordAdmin):
    """Where a unit has chosen who sees one of its fields."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("unit", "field", "audience", "chosen_by", "chosen_at")
    list_filter = ("field", "audience")
    list_select_related = ("unit__organisation", "chosen_by")
    search_fields = ("unit__number", "unit__organisation__name")
    fields = list_display


@admin.register(NameConsent)
class NameConsentAdmin(RecordAdmin):
    """Which representatives agreed to be named, to which text, and until when."""

    reached_through = "representative__unit"
    seen_by = SECRETARIAT
    list_display = ("representative", "version", "language", "by", "at", "taken_back_at")
    list_filter = (("taken_back_at", admin.EmptyFieldListFilter), "version")
    list_select_related = ("representative__unit", "by")
    search_fields = ("representative__name", "representative__unit__number")
    fields = list_display
