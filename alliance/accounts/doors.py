"""Whom a view lets in. Every view says so, or a system check fails."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def anyone(user: object) -> bool:
    return True


def signed_in(user: object) -> bool:
    return user.is_authenticated


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, which cannot follow a page."""
    return request.headers.get("Accept") == "application/json"


def open_to(rule: Callable[[object], bool]) -> Callable[[View], View]:
    """Let in whom `rule` names. The anonymous are sent to log in, whatever exists (a script is told 401); a signed-in stranger finds nothing."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if rule is not anyone and not request.user.is_authenticated:
                return JsonResponse({"signed_in": False}, status=401) if wants_json(request) else redirect_to_login(request.get_full_path())
            if not rule(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.rule = rule
        return guarded

    return guard
