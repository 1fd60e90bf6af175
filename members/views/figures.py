"""The alliance in figures, for everybody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from alliance.documents.making import CHINESE
from alliance.sheets import Sheet, write
from alliance.sheets.writing import MEDIA_TYPE
from members.directory import figures as counted

if TYPE_CHECKING:
    from django.http import HttpRequest


def day_asked(request: HttpRequest) -> date:
    """The day of `?on=YYYY-MM-DD`, else today; a day that is none, or is still to come, is not found."""
    try:
        day = date.fromisoformat(request.GET["on"]) if request.GET.get("on") else clock.today()
    except ValueError as wrong:
        raise Http404 from wrong
    if day > clock.today():
        raise Http404
    return day


@open_to(anyone)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How the alliance grew, and what it is made of; of today, or of any day of the past."""
    day = day_asked(request)
    is_today, periods = day == clock.today(), counted.growth(day)
    context = {"day": day, "is_today": is_today, "periods": periods, "charts": counted.charts(day, is_today=is_today)}
    return render(request, "members/figures.html", context | counted.drawing(periods))


@open_to(anyone)
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook, in Chinese."""
    day = day_asked(request)
    with translation.override(CHINESE):
        sheets = [
            Sheet("发展", [["时间", "入会", "离会", "期末会员单位"], *counted.growth_rows(day)], (14, 10, 10, 16)),
            Sheet("构成", [["项目", "分类", "家", "占比（%）"], *counted.composition(day)], (20, 28, 10, 12)),
        ]
    answer = HttpResponse(write(sheets, moment=clock.midnight(day)), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="figures-{day:%Y%m%d}.xlsx"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
