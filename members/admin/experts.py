"""What the secretariat sees of the think tank, and of where the fields of the notice lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from members.admin.keeping import FixedTable, KeptWithHistory
from members.choices import Direction
from members.forms import ExpertForm
from members.models import Expert, FieldDirection

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class DirectionOfExpert(admin.SimpleListFilter):
    """Experts of one direction."""

    title = _("direction")
    parameter_name = "direction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Direction.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.of_direction(self.value()) if self.value() in Direction.values else queryset


@admin.register(Expert)
class ExpertAdmin(KeptWithHistory):
    """The think tank."""

    form = ExpertForm
    list_display = ("name", "affiliation", "title", "directions_in_words", "is_national", "listed_on", "retired_on")
    list_filter = ("is_national", DirectionOfExpert, ("retired_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "name_en", "affiliation", "expertise")
    autocomplete_fields = ("organisation",)
    readonly_fields = ("user", "directions_in_words")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The directions are ticked, and read as words."""
        typed = [*ExpertForm.Meta.fields, "user"]
        return typed if self.has_change_permission(request) else ["directions_in_words" if name == "directions" else name for name in typed]

    @admin.display(description=_("directions"))
    def directions_in_words(self, expert: Expert) -> str:
        return pgettext("list", ", ").join(str(Direction(each).label) for each in expert.directions) or "–"


@admin.register(FieldDirection)
class FieldDirectionAdmin(FixedTable):
    """To which direction a field leads; the fields themselves are the notice's."""

    list_display = ("field_in_words", "direction")
    list_filter = ("direction",)
    fields = ("field", "direction")
