"""What the secretariat sees of what units ask to have changed, and what each field demands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.files.models import StoredFile
from members import workflow
from members.admin.keeping import FixedTable
from members.forms.answering import REQUEST_STEP_FORMS
from members.models import ChangeRequest, FieldDemand

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class RequestFilter(admin.SimpleListFilter):
    """What waits to be decided."""

    title, parameter_name = _("to decide"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("To decide"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.to_decide() if self.value() else queryset


@admin.register(ChangeRequest)
class ChangeRequestAdmin(RecordAdmin, WorkflowAdmin):
    """Field by field beside what the register says now; answered on a page of its own."""

    reached_through = "unit"
    workflow = workflow.requests
    step_forms = REQUEST_STEP_FORMS
    others_steps = ("withdraw_request",)
    single_steps = ("settle_request",)
    seen_by = SECRETARIAT
    list_display = ("unit", "count", "state", "made_by", "made_at", "settled_by", "settled_at")
    list_filter = (RequestFilter, "state", "changes__field", "unit__organisation__main_direction")
    list_select_related = ("unit__organisation", "made_by", "settled_by")
    search_fields = ("unit__number", "unit__organisation__name")
    date_hierarchy = "made_at"
    fields = ("unit", "state", "words", "made_by", "made_at", "settled_by", "settled_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(asked=Count("changes"))

    @admin.display(description=_("changes"), ordering="asked")
    def count(self, request: ChangeRequest) -> int:
        return request.asked

    def dossier(self, thing: ChangeRequest) -> dict[str, Any]:
        """What is asked for, and the papers that prove it."""
        changes = list(thing.changes.select_related("request__unit__organisation"))
        return {"changes": changes, "files": StoredFile.objects.about(ChangeRequest.objects.filter(pk=thing.pk))}


@admin.register(FieldDemand)
class FieldDemandAdmin(FixedTable):
    """What each field demands before it changes: the fields are the register's, the demands the office's."""

    list_display = ("field_in_words", "demand")
    list_filter = ("demand",)
    fields = ("field", "demand")

    @admin.display(description=pgettext_lazy("of a unit's data", "field"), ordering="field")
    def field_in_words(self, line: FieldDemand) -> str:
        return super().field_in_words(line)
