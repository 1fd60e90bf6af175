"""A refused step becomes a page that explains; and Chinese is spoken first."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from alliance.accounts.doors import wants_json
from alliance.facts.models import facts
from alliance.templatetags.portal import tone
from alliance.workflow import NotAllowed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from alliance.history.models import Event


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
        if wants_json(request):
            return JsonResponse({"refused": str(sentence_of(refusal))}, status=status)
        return render(request, "409.html", explanation(request, refusal), status=status)


def explanation(request: HttpRequest, refusal: Refused) -> dict[str, object]:
    """What the page says: what did not happen, who did what first, how it stands now, and what was typed."""
    thing, event = refusal.thing, getattr(refusal, "event", None)
    return {
        "step_label": label_of(refusal),
        "title": thing,
        "why": sentence_of(refusal),
        "now": thing.get_state_display() if hasattr(thing, "get_state_display") else None,
        "now_tone": tone(getattr(thing, "state", "")),
        "who": who_was_first(event, request) if event else None,
        "what": step_named(event.step, refusal) if event else None,
        "when": event.at if event else None,
        "done_already": bool(event and refusal.step and refusal.step.to == thing.state),
        "kept": refusal.typed,
        "url": address_of(thing, request),
        "status": HTTPStatus.FORBIDDEN.value if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT.value,
    }


def label_of(refusal: Refused) -> str | Promise:
    """What was refused, by its words; nothing where what was asked for has none."""
    return refusal.step.label if refusal.step else getattr(refusal, "named", "")


def sentence_of(refusal: Refused) -> str | Promise:
    """Why, with the step by its label where the refusal is of the step as such."""
    label = label_of(refusal)
    return refusal.of_step % {"step": label} if label and refusal.of_step else refusal.why


def who_was_first(event: Event, request: HttpRequest) -> object:
    """The person, to readers of the office; which of its members acted stays inside. None is the timetable."""
    inside = event.actor and event.actor.is_secretariat and not getattr(request.user, "is_secretariat", False)
    return facts().office if inside else event.actor


def step_named(name: str, refusal: Refused) -> str | Promise:
    """The words of a step; its name, where it belongs to no list of steps."""
    steps = refusal.step.workflow.steps if refusal.step and refusal.step.workflow else {}
    return steps[name].label if name in steps else name


def address_of(thing: Model | None, request: HttpRequest) -> str:
    """Where the thing is seen: in the office if the step was taken there, on its own page, else where the reader came from."""
    if thing is not None and request.path.startswith(reverse("admin:index")):
        return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else request.META.get("HTTP_REFERER") or "/"


class ChineseFirstLocaleMiddleware(LocaleMiddleware):
    """The language the reader chose; else the kind of Chinese their browser asks for; else zh-Hans."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            asked = translation.get_language_from_request(request)
            chosen = asked if asked.startswith("zh") else settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language()
