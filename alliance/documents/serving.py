"""Handing a file out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep, not to look at in the browser: nothing in it runs with the portal's rights, and no shared cache holds it."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
