"""What a visitor sees of the council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from council import dashboard as figures
from council.models import ActingChair, HonoraryChair
from members.models import NameConsent, Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(anyone)
def roster(request: HttpRequest) -> HttpResponse:
    """The published council: its units, by tier, and the persons who agreed to be named; beside it the honorary chairs who did."""
    term = Term.objects.current()
    rows = figures.sittings(term, clock.today())
    representatives = [person.representative_id for row in rows if row.tenure for person in row.tenure.in_person]
    consents = NameConsent.objects.for_council().filter(representative__in=representatives)
    context = {
        "term": term,
        "rows": rows,
        "named": set(consents.values_list("representative", flat=True)),
        "acting": set(ActingChair.objects.filter(term=term, ended_on=None).values_list("tenure", flat=True)),
        "honorary": HonoraryChair.objects.filter(term=term, ended_on=None, consented_on__isnull=False),
    }
    return render(request, "council/roster.html", context)
