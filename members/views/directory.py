"""The directory: search as one types, facets, map, list and table; and its public columns to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from members.directory import downloads
from members.directory.asked import SORTS, VIEWS, Asked
from members.directory.found import Found
from members.directory.tiles import HEIGHT, WIDTH, places, tiles
from members.models import Body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

FRESH = "public, max-age=300"  # the same for everybody


@open_to(anyone)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Who belongs to the alliance. The address says everything that is asked, so that it can be sent to somebody."""
    asked = Asked.of(request.GET)
    found = Found(asked).count()
    context = {
        "asked": asked,
        "found": found,
        "page": found.page,
        "tiles": tiles(found, Body.objects.branch_regions()),
        "places": places(found),
        "map": (WIDTH, HEIGHT),
        "sorts": [(name, word, asked.address(sort=name), name == asked.sort) for name, (word, _order) in SORTS.items()],
        "views": [(name, word, asked.address(view=name), name == asked.view) for name, word in VIEWS.items()],
    }
    answer = render(request, "members/directory.html", context)
    if request.htmx:
        answer.headers["HX-Push-Url"] = request.path + asked.address()
    return answer


@open_to(anyone)
@require_safe
def units_csv(request: HttpRequest) -> HttpResponse:
    """Every running member in its public columns, for a spreadsheet."""
    return handed_out(downloads.lines(downloads.rows()), "text/csv; charset=utf-8", "csv")


@open_to(anyone)
@require_safe
def units_json(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    return handed_out(downloads.members(downloads.rows()), "application/json", "json")


def handed_out(parts: Iterable[str], media_type: str, ending: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse((part.encode() for part in parts), content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="members-{clock.today():%Y%m%d}.{ending}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = FRESH
    return answer
