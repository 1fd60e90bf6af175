"""Letters and papers of a unit, for whoever acts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit import reading
from alliance.myunit.finding import mine, page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

A_PAGE = 30


@open_to(signed_in)
@require_safe
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that was written about the unit, latest first; papers beside it."""
    unit = mine(request, number)
    letters = Paginator(reading.letters_of(unit).defer("body"), A_PAGE).get_page(request.GET.get("page"))
    return page(request, unit, "papers", letters=letters, papers=reading.papers_of(unit))


@open_to(signed_in)
@require_safe
def letter(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """One letter, as it was written."""
    unit = mine(request, number)
    return page(request, unit, "papers", template="letter", letter=get_object_or_404(reading.letters_of(unit), uuid=uuid))
