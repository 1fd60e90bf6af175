"""Beneath a batch: its board and its statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.accounts.models import SavedView
from alliance.admin.saved_views import keep_view
from alliance.documents.making import CHINESE
from alliance.documents.serving import attached
from alliance.exchange import outgoing
from alliance.exchange.formats import FORMATS
from alliance.exchange.papers import PapersPage
from alliance.history.record import record
from alliance.sheets import Sheet, write
from alliance.sheets.writing import MEDIA_TYPE
from applications.choices import State
from applications.dashboard import board, statistics
from applications.models import Batch
from applications.resources import publicity, summary  # noqa: F401 — they declare which tables leave from a batch
from applications.resources.board import HEADS, Board
from applications.workflow import workflow
from members.choices import Direction, UnitType
from members.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

BOARD = "batch"
A_PAGE = 50


class BoardPages(PapersPage):
    """A batch's pages of its own, beside its dates."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/board/", view(self.board_view), name="applications_batch_board"),
            path("<int:pk>/board/export/", view(self.board_export_view), name="applications_batch_board_export"),
            path("<int:pk>/statistics/", view(self.statistics_view), name="applications_batch_statistics"),
            path("<int:pk>/statistics/export/", view(self.statistics_export_view), name="applications_batch_statistics_export"),
            *super().get_urls(),
        ]

    def batch(self, request: HttpRequest, pk: int) -> Batch:
        if not self.has_view_permission(request):
            raise Http404
        return get_object_or_404(Batch, pk=pk)

    def page(self, request: HttpRequest, template: str, batch: Batch, title: str, **context: Any) -> HttpResponse:
        every = self.admin_site.each_context(request) | {"opts": self.opts, "batch": batch, "title": title}
        return render(request, f"admin/applications/batch/{template}.html", every | context)

    # ── the board ──

    def board_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every application, as somebody asks for it; a POST keeps that under a name, or lets a name go."""
        batch = self.batch(request, pk)
        if request.method == "POST":
            return redirect(f"{request.path}?{keep_view(request, BOARD, list(board.View.of(request.POST).columns))}")
        saved = list(SavedView.objects.filter(user=request.user, board=BOARD))
        view = view_of(request, saved)
        counts = board.states(batch, request.user)
        page = Paginator(board.seen(batch, view, request.user), A_PAGE).get_page(request.GET.get("p"))
        return self.page(
            request, "board", batch, _("Batch board"), rows=[(row, row.cells(view.columns)) for row in board.filled(list(page), batch)], page=page,
            view=view, query=narrowed(request), saved=[each for each in saved if each.name], stations=board.stations(batch, counts),
            consequences=board.consequences(batch), choices=choices(counts), heads=heads(request, view), columns=columns(view), steps=steps(counts),
        )  # fmt: skip

    def board_export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is seen, in the columns that are seen: written down, and handed out."""
        batch = self.batch(request, pk)
        if request.method != "POST":
            raise Http404
        view = view_of(request, [])
        keys = list(board.seen(batch, view, request.user).values_list("pk", flat=True))
        named = {"file_name": f"{Board.title}_{chinese(batch)}_{clock.today():%Y%m%d}", "form": "xlsx"}
        note, content = outgoing.hand_out(Board, keys, by=request.user, heads=[HEADS[name] for name in view.columns], **named)
        if content:
            return attached(content, FORMATS["xlsx"]().get_content_type(), note.file_name)
        return redirect(outgoing.make_later(note, back=reverse("admin:exchange_export_change", args=[note.pk])))

    # ── statistics ──

    def statistics_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        batch = self.batch(request, pk)
        return self.page(
            request,
            "statistics",
            batch,
            _("Statistics"),
            charts=statistics.charts(batch, request.user),
            stays=statistics.stays(batch, request.user),
        )

    def statistics_export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same figures as a workbook: they name nobody, and are written down as leaving all the same."""
        batch = self.batch(request, pk)
        if request.method != "POST":
            raise Http404
        with translation.override(CHINESE):
            made = [
                ("构成", ("分类", "项目", "数量", "占比（%）"), statistics.table(batch, request.user)),
                ("用时（工作日）", TIMES, statistics.times(batch, request.user)),
            ]
        record(batch, "export", by=request.user, inputs={"rows": sum(len(rows) for _name, _heads, rows in made)})
        content = write([sheet_of(*each) for each in made], moment=clock.now())
        return attached(content, MEDIA_TYPE, f"批次统计_{chinese(batch)}_{clock.today():%Y%m%d}.xlsx")


TIMES = ("状态", "时限（工作日）", "件次", "其中仍在此状态", "中位数", "最长", "超时")


def sheet_of(name: str, heads: tuple[str, ...], rows: list[list[Any]]) -> Sheet:
    return Sheet(name, [heads, *rows], [30, 26, *[14] * (len(heads) - 2)])


def chinese(batch: Batch) -> str:
    with translation.override(CHINESE):
        return str(batch)


def view_of(request: HttpRequest, saved: list[SavedView]) -> board.View:
    """What the address asks for; where it names no columns, those that this person has kept."""
    usual = next((each.columns for each in saved if not each.name), None)
    return board.View.of(request.GET, usual or board.USUAL)


def addressed(asked: QueryDict, **changes: Any) -> str:
    """The same address with something else in it, on its first page."""
    kept = [(name, value) for name, values in asked.lists() for value in values if name not in changes and name != "p"]
    return urlencode([*kept, *((name, each) for name, value in changes.items() for each in ([value] if isinstance(value, str) else value))])


def narrowed(request: HttpRequest) -> str:
    return addressed(request.GET)


def choices(counts: dict[str, Any]) -> list[dict[str, Any]]:
    """The filters, each with what it offers; states with how many there are."""
    states = [(state.value, f"{state.label} {counts[state]['n']}") for state in State if state in counts]
    return [
        {"name": "state", "label": _("State"), "options": states},
        {"name": "main_direction", "label": _("Direction"), "options": Direction.choices},
        {"name": "unit_type", "label": _("Type"), "options": UnitType.choices},
        {"name": "region", "label": _("Region"), "options": list(REGIONS.items())},
    ]


NUMBERS = ("rank", "average", "spread", "conflicts", "recused", "corrections", "reviews")


def heads(request: HttpRequest, view: board.View) -> list[dict[str, Any]]:
    """The heads of the columns; those by which one may sort have an address."""
    return [
        {
            "name": name,
            "label": board.COLUMNS[name],
            "url": addressed(request.GET, o=name) if name in board.SORTED else "",
            "is_sorted": view.order == name,
            "is_number": name in NUMBERS,
        }
        for name in view.columns
    ]


def columns(view: board.View) -> list[tuple[str, Any, bool]]:
    """Every column there is, and whether it is seen."""
    return [(name, label, name in view.columns) for name, label in board.COLUMNS.items() if name != board.ALWAYS]


OTHERS = ("submit", "resubmit", "withdraw", "lapse", "discard", "miss_seal", "take_up")


def steps(counts: Iterable[str]) -> list[Any]:
    """The steps that some application of the batch stands before, for the bar beneath the table."""
    here = set(counts)
    return [step for step in workflow.steps.values() if step.name not in OTHERS and here.intersection(step.sources)]
