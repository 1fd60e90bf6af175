"""What the secretariat sees of who has acted for the chair."""

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import OfficeAdmin
from council.models import ActingChair


@admin.register(ActingChair)
class ActingChairAdmin(OfficeAdmin):
    """Who has acted for the chair, since when, until when; it begins and ends on the page of a vice-chair's tenure."""

    reached_through = "tenure__unit"
    seen_by = SECRETARIAT
    list_display = ("tenure", "term", "begins_on", "ended_on", "resolution")
    list_filter = ("term", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("tenure__seat", "tenure__unit__organisation", "term", "resolution")
    search_fields = ("tenure__unit__number", "tenure__unit__organisation__name")
