"""What a visitor sees of the candidates: the published list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from alliance.accounts.doors import anyone, open_to
from council.models import Call

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(anyone)
def candidates(request: HttpRequest) -> HttpResponse:
    """The latest published list: units by post in the order of strokes; persons only where they agreed to be named."""
    call = Call.objects.listed().select_related("term").first()
    rows = list(call.nominations.on_the_list().with_names()) if call else []
    return render(request, "council/candidates.html", {"call": call, "rows": rows})
