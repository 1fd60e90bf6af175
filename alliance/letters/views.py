"""My letters: the copy in the portal of everything that was written to me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from alliance.accounts.doors import open_to, signed_in
from alliance.letters.models import Letter

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

A_PAGE = 30


@open_to(signed_in)
def letters(request: HttpRequest) -> HttpResponse:
    """Everything that was written to me, latest first."""
    mine = Letter.objects.readable_by(request.user).defer("body")
    return render(request, "letters/list.html", {"page": Paginator(mine, A_PAGE).get_page(request.GET.get("page"))})


@open_to(signed_in)
def letter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One letter, as it was written."""
    return render(request, "letters/one.html", {"letter": get_object_or_404(Letter.objects.readable_by(request.user), uuid=uuid)})
