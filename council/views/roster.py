"""What a visitor sees of the council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from council.dashboard import sittings
from council.models import ActingChair, HonoraryChair
from members.models import NameConsent, Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(anyone)
def roster(request: HttpRequest) -> HttpResponse:
    """The published council: its units, by tier, and the persons who agreed to be named; beside it the honorary chairs who did."""
    term = Term.objects.current()
    rows = sittings(term, clock.today())
    representatives = [row.sitter.representative_id for row in rows if row.sitter]
    consents = NameConsent.objects.for_council().filter(representative__in=representatives)
    context = {
        "term": term,
        "rows": rows,
        "named": set(consents.values_list("representative", flat=True)),
        "acting": set(ActingChair.objects.filter(term=term, ended_on=None).values_list("tenure", flat=True)),
        "honorary": HonoraryChair.objects.filter(term=term, ended_on=None, consented_on__isnull=False),
    }
    return render(request, "council/roster.html", context)
