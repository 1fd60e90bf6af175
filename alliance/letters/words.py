"""Words in a letter that depend on its reader's language, said when the letter is written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import get_language

from alliance.templatetags import portal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from typing import Any


@lru_cache(maxsize=512)
def _written(form: Callable[[date | None], str], when: date | None, language: str) -> str:
    """Thousands of letters name the same few moments."""
    return form(when)


day = lazy(lambda when: _written(portal.day, when, get_language()), str)
moment = lazy(lambda when: _written(portal.moment, when, get_language()), str)
deadline = lazy(lambda when: _written(portal.deadline, when, get_language()), str)


class listed:  # noqa: N801 — reads as a word in a sentence
    """Items as lines of a letter; one of several parts has them side by side, and a part that is called says itself then."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = [item if isinstance(item, tuple) else (item,) for item in items]

    def __str__(self) -> str:
        return "\n".join("- " + " · ".join(str(part() if callable(part) else part) for part in item) for item in self.items)
