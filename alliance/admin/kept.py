"""Earlier values of a record, to read: what was changed, when, by whom and in which step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from alliance.admin.records import steps_in_words
from alliance.templatetags import portal

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from simple_history.models import HistoricalChanges, ModelChange


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

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: HistoricalChanges
    ) -> HistoricalRecordContextHelper:
        return ChangeInWords(self.model, historical_record)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True) -> None:  # noqa: FBT001, FBT002 — the library's signature
        """What each changed against the one before it, also where that one stands on the next page."""
        rows = list(historical_records)
        if rows and historical_records.has_next():
            shown = historical_records.paginator.object_list
            rows.append(shown[historical_records.end_index()])
        super().set_history_delta_changes(request, rows, foreign_keys_are_objs)
        steps = steps_in_words(self.admin_site)
        for row in rows:
            row.step = steps.get(row.history_change_reason, row.history_change_reason or row.get_history_type_display())
