"""What a visitor sees of the council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from council.dashboard import sittings
from members.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(anyone)
def roster(request: HttpRequest) -> HttpResponse:
    """The published council: its units, by tier. Persons are named only with their separate consent, which later nominations ask for."""
    term = Term.objects.current()
    rows = sittings(term, clock.today())
    return render(request, "council/roster.html", {"term": term, "rows": rows})
