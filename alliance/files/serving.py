"""Handing a file out, so that whatever it is, it does nothing in the reader's browser."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from alliance.files import pictures, shelf
from alliance.files.choices import CONTENT_TYPES, Kind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from alliance.files.models import StoredFile

access = logging.getLogger("alliance.files.access")  # who read which file, by their numbers alone
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def whole(request: HttpRequest, file: StoredFile) -> HttpResponse:
    """The file itself, to be saved, not shown."""
    access.info("user %s read file %s", request.user.pk, file.uuid)
    return hand_out(file.place, CONTENT_TYPES[Kind(file.kind)], content_disposition_header(as_attachment=True, filename=file.title))


def page(request: HttpRequest, file: StoredFile, number: int) -> HttpResponse:
    """The picture of a page that has been drawn."""
    access.info("user %s read file %s page %s", request.user.pk, file.uuid, number)
    return hand_out(pictures.place(file, number), "image/png", "inline")


def hand_out(place: str, content_type: str, disposition: str) -> HttpResponse:
    """The bytes at `place` under `files/`: by us, or by the proxy where it was told where they lie (INTERNAL_FILES)."""
    if settings.INTERNAL_FILES:
        answer = HttpResponse(content_type=content_type, headers={"X-Accel-Redirect": settings.INTERNAL_FILES + place})
    else:
        answer = FileResponse((shelf.root() / place).open("rb"), content_type=content_type)
    for name, value in (HEADERS | {"Content-Disposition": disposition}).items():
        answer[name] = value
    return answer
