"""How each person likes to look at a list: which columns, and under names of their own with which filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import ChangeList
from django.http import QueryDict
from django.shortcuts import redirect

from alliance.accounts.models import SavedView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_VIEWS, LONGEST_QUERY, LONGEST_NAME = 20, 500, 40
COLUMN = "c"  # names a column in the address, once for each


class ViewedList(ChangeList):
    """A list whose address may name its columns."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Columns narrow nothing."""
        asked = super().get_filters_params(params)
        asked.pop(COLUMN, None)
        return asked


class SavedViewsAdmin(admin.ModelAdmin):
    """Before the other admin class. `columns` may be seen, `list_display` is what one sees at first, and its first column always."""

    columns: ClassVar[tuple[str, ...]]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ViewedList]:
        return ViewedList

    def board(self) -> str:
        return self.opts.label_lower

    def saved(self, request: HttpRequest) -> list[SavedView]:
        """Asked for once a request."""
        if not hasattr(request, "saved_views"):
            request.saved_views = list(SavedView.objects.filter(user=request.user, board=self.board()))
        return request.saved_views

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """What the address asks for; else what this person keeps; else the usual."""
        usual = next((each.columns for each in self.saved(request) if not each.name), self.list_display)
        return self.among(request.GET.getlist(COLUMN)) or self.among(usual) or tuple(self.list_display)

    def among(self, names: Any) -> tuple[str, ...]:
        chosen = [name for name in self.columns if name in names]
        return tuple(dict.fromkeys([self.list_display[0], *chosen])) if chosen else ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST" and "keep_view" in request.POST and self.has_view_permission(request):
            columns = list(self.among(request.POST.getlist(COLUMN)) or self.list_display)
            return redirect(f"{request.path}?{keep_view(request, self.board(), columns)}")
        return super().changelist_view(
            request, self.kept(request) | (extra_context or {}) if self.has_view_permission(request) else extra_context
        )

    def kept(self, request: HttpRequest) -> dict[str, Any]:
        """What the page shows of views and columns."""
        seen = self.get_list_display(request)
        choices = [(name, label_for_field(name, self.model, self), name in seen) for name in self.columns if name != self.list_display[0]]
        return {"columns": choices, "saved": [each for each in self.saved(request) if each.name], "query": request.GET.urlencode()}


def keep_view(request: HttpRequest, board: str, columns: list[str]) -> str:
    """Keep the columns and the filters of the form; without a name it is what this person sees at first. Returns the address of the view."""
    posted, name = request.POST, request.POST.get("name", "").strip()[:LONGEST_NAME]
    query, mine = posted.get("query", "")[:LONGEST_QUERY], SavedView.objects.filter(user=request.user, board=board)
    if "forget" in posted:
        mine.filter(name=name).delete()
        return query
    if name and mine.exclude(name="").count() >= MOST_VIEWS and not mine.filter(name=name).exists():
        return query
    there = seen_as(query, columns)
    mine.update_or_create(user=request.user, board=board, name=name, defaults={"columns": columns, "query": there if name else ""})
    return there


def seen_as(query: str, columns: list[str]) -> str:
    """The same filters in these columns, on the first page."""
    kept = [(name, value) for name, values in QueryDict(query).lists() for value in values if name not in (COLUMN, "p")]
    return urlencode([*kept, *((COLUMN, name) for name in columns)])
