"""Earlier values of a record, to read: what was changed, when, by whom and in which step."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject, ModelChange, ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from alliance.admin.records import steps_in_words
from alliance.templatetags import portal

if TYPE_CHECKING:
    from django.db.models import Field, Model, QuerySet
    from django.http import HttpRequest, HttpResponse
    from simple_history.models import HistoricalChanges


class ChangeInWords(HistoricalRecordContextHelper):
    """A field's value as its form would show it."""

    def prepare_delta_change_value(self, change: ModelChange, value: Any) -> Any:
        found = super().prepare_delta_change_value(change, value)
        words = dict(self.model._meta.get_field(change.field).flatchoices)
        match found:
            case None | "":
                return "–"
            case bool():
                return _("Yes") if found else _("No")
            case date():  # a datetime is a date
                return portal.moment(found) if hasattr(found, "hour") else portal.day(found)
            case dict():
                return str(found)
            case list():
                return [words.get(each, each) for each in found]
        return words.get(found, found)


class HistoryAdmin(SimpleHistoryAdmin):
    """For nouns with `history = kept_history()`, before the other admin class: `class TermAdmin(HistoryAdmin, OfficeAdmin)`.

    Seen by whoever sees the record; nothing is ever put back from here, since a state would then move without its step.
    """

    object_history_template = "admin/kept_history.html"
    history_list_per_page = 50

    def get_urls(self) -> list[Any]:
        """Without the library's page that puts an earlier version back."""
        return super(SimpleHistoryAdmin, self).get_urls()

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_view(request, object_id, {"subtitle": _("History"), **(extra_context or {})})

    def history_view_title(self, request: HttpRequest, obj: Model) -> str:
        return str(obj)

    def get_history_queryset(self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any) -> QuerySet:
        """The last one written first, with who changed it: the library forgets that again where a noun has no relations of its own."""
        found = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return found.select_related("history_user").order_by("-history_id")

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: HistoricalChanges
    ) -> HistoricalRecordContextHelper:
        return ChangeInWords(self.model, historical_record)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True) -> None:  # noqa: FBT001, FBT002 — the library's signature
        """What each changed against the one before it, also where that one stands on the next page."""
        rows = list(historical_records)
        before = rows[1:]
        if rows and historical_records.has_next():
            before.append(historical_records.paginator.object_list[historical_records.end_index()])
        steps = steps_in_words(self.admin_site)
        for row, older in zip_longest(rows, before):
            row.step = steps.get(row.history_change_reason, row.history_change_reason or row.get_history_type_display())
            if older:
                delta = ModelDelta(changes(older, row), [], older, row)
                row.history_delta_changes = self.get_historical_record_context_helper(request, row).context_for_delta_changes(delta)


def changes(older: HistoricalChanges, newer: HistoricalChanges) -> list[ModelChange]:
    """The fields that differ, those included that no form has: the library leaves out what steps change."""
    differing = [field for field in newer.tracked_fields if getattr(older, field.attname) != getattr(newer, field.attname)]
    return [ModelChange(field.name, *(worth(row, field) for row in (older, newer))) for field in differing]


def worth(row: HistoricalChanges, field: Field) -> Any:
    """A field's value; of a relation the thing itself, if it is still there."""
    value = getattr(row, field.attname)
    if value is None or not field.is_relation:
        return value
    try:
        return getattr(row, field.name)
    except ObjectDoesNotExist:
        return DeletedObject(field.related_model, value)
