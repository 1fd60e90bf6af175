"""A refused step becomes a page that explains; and Chinese is spoken first."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from alliance.workflow import NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ASIDE = {"csrfmiddlewaretoken", "_step", "_take", "ids"}  # posted, but not typed


class RefusedStepMiddleware:
    """Turns a refusal into a page: 409 where somebody was first or the moment is wrong, 403 where the step is not this person's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if not isinstance(refusal, Refused):
            return None
        status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT
        return render(request, "409.html", explanation(request, refusal), status=status)


def explanation(request: HttpRequest, refusal: Refused) -> dict[str, object]:
    """What the page says: what did not happen, who did what first, how it stands now, and what was typed."""
    thing, event = refusal.thing, getattr(refusal, "event", None)
    label = refusal.step.label if refusal.step else ""
    return {
        "refusal": refusal,
        "somebody_was_first": isinstance(refusal, WrongState),
        "step_label": label,
        "title": refusal.why,
        "thing": thing,
        "now": thing.get_state_display() if hasattr(thing, "get_state_display") else None,
        "state": getattr(thing, "state", None),
        "who": (event.actor or _("the timetable")) if event else None,
        "what": event.step if event else None,
        "when": event.at if event else None,
        "kept": {name: value for name, value in request.POST.items() if name not in ASIDE and value},
        "url": request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER") or "/",
    }


class ChineseFirstLocaleMiddleware(LocaleMiddleware):
    """The language the reader chose; else the kind of Chinese their browser asks for; else zh-Hans."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            asked = translation.get_language_from_request(request)
            chosen = asked if asked.startswith("zh") else settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language()
