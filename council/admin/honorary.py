"""What the secretariat sees of honorary chairs."""

from __future__ import annotations

from django.contrib import admin

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeAdmin
from council.models import HonoraryChair


@admin.register(HonoraryChair)
class HonoraryChairAdmin(HistoryAdmin, OfficeAdmin):
    """Honorary chairs, appointed by resolution; neither seat nor vote."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("name", "affiliation", "term", "begins_on", "ended_on")
    list_filter = ("term", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("term",)
    search_fields = ("name", "affiliation")
    fields = ("term", "name", "name_en", "affiliation", "resolution", "consented_on", "begins_on", "ended_on", "end_reason")
