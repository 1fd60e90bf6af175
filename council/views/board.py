"""What the council sees of how its seats are allocated: the page, the same in a hall, on paper, as a table and for machines."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import open_to
from alliance.documents.making import CHINESE
from alliance.documents.serving import attached
from alliance.documents.typesetting import typeset
from alliance.exchange.formats import harmless
from alliance.templatetags import portal
from council import rules
from council.dashboard import Board, board
from council.dashboard.taken import as_json, on_paper
from council.resources import COLUMNS, seat_line
from members.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST = 3  # digits of a term's number


def day_asked(request: HttpRequest) -> date | None:
    """The day of `?on=YYYY-MM-DD`, if any; a day that is none, or is still to come, is not found."""
    try:
        day = date.fromisoformat(request.GET["on"]) if request.GET.get("on") else None
    except ValueError as wrong:
        raise Http404 from wrong
    if day and day > clock.today():
        raise Http404
    return day


def nothing_to_show(request: HttpRequest) -> str:
    """Why today's council is shown instead of what was asked for; nothing where there is something to show."""
    try:
        day = day_asked(request)
    except Http404:
        return _("This is no day, or one that is still to come; the council is shown as of today. A day is typed like 2021-03-18.")
    if day and day < clock.today() and not request.GET.get("term") and not Term.objects.filter(begins_on__lte=day).exists():
        return _("On %(day)s there was no council yet; the council is shown as of today.") % {"day": portal.day(day)}
    return ""


def asked(request: HttpRequest) -> Board:
    """The term and the day that the address says; what is neither is not found."""
    number = request.GET.get("term", "")
    if number and not (number.isdecimal() and len(number) <= LONGEST):
        raise Http404
    found = board(day_asked(request), int(number) if number else None)
    if found is None:
        raise Http404
    return found


def address(request: HttpRequest) -> str:
    """What was asked, to ask the same of another view."""
    kept = request.GET.copy()
    for name in set(kept) - {"on", "term"}:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


@open_to(rules.sees_dashboard)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """How the seats are allocated: the chamber, its table, balance, warnings and the election; of today or of any day."""
    if why := nothing_to_show(request):
        messages.warning(request, why)
        return redirect("council:dashboard")
    return render(request, "council/dashboard.html", {"board": asked(request), "query": address(request)})


@open_to(rules.sees_dashboard)
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """The same in large type, for the wall of a hall."""
    return render(request, "council/hall.html", {"board": asked(request), "query": address(request)})


@open_to(rules.sees_dashboard)
@require_safe
def board_pdf(request: HttpRequest) -> HttpResponse:
    """One page to print."""
    found = asked(request)
    return attached(typeset("council", on_paper(found), moment=clock.now()), "application/pdf", f"{file_name(found)}.pdf")


@open_to(rules.sees_dashboard)
@require_safe
def board_csv(request: HttpRequest) -> HttpResponse:
    """理事会席位表 for a spreadsheet."""
    found, written = asked(request), io.StringIO(newline="")
    write = csv.writer(written).writerow
    write(COLUMNS)
    with translation.override(CHINESE):
        for number, row in enumerate(found.rows, start=1):
            write([harmless(value) for value in seat_line(number, row).values()])
    return attached(written.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{file_name(found)}.csv")


@open_to(rules.sees_dashboard)
@require_safe
def board_json(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    return JsonResponse(as_json(asked(request)), json_dumps_params={"ensure_ascii": False})


def file_name(found: Board) -> str:
    with translation.override(CHINESE):
        return f"理事会席位表_{found.term}_{found.day:%Y%m%d}"
