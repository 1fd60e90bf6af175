"""What the council sees of how its seats are allocated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from alliance import clock
from alliance.accounts.doors import open_to
from council import dashboard as figures
from council import rules
from members.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def day_asked(request: HttpRequest) -> date:
    """The day of `?on=YYYY-MM-DD`, else today; a day that is none is not found."""
    try:
        return date.fromisoformat(request.GET["on"]) if request.GET.get("on") else clock.today()
    except ValueError as wrong:
        raise Http404 from wrong


@open_to(rules.sees_dashboard)
def dashboard(request: HttpRequest) -> HttpResponse:
    """How the seats are allocated: the chamber, its table, the vacancies; of today or of any day."""
    term, day = Term.objects.current(), day_asked(request)
    rows = figures.sittings(term, day)
    table = figures.plan(rows)
    context = {
        "term": term,
        "day": day,
        "is_past": day != clock.today(),
        "rows": rows,
        "plan": table,
        "foot": figures.totals(table),
        "drawing": figures.drawing(rows),
    }
    return render(request, "council/dashboard.html", context)
