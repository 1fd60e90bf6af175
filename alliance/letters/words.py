"""Words in a letter that depend on its reader's language, said when the letter is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import lazy

from alliance.templatetags import portal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

day = lazy(portal.day, str)
moment = lazy(portal.moment, str)
deadline = lazy(portal.deadline, str)


class listed:  # noqa: N801 — reads as a word in a sentence
    """Items as lines of a letter; one of several parts has them side by side, and a part that is called says itself then."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = [item if isinstance(item, tuple) else (item,) for item in items]

    def __str__(self) -> str:
        return "\n".join("- " + " · ".join(str(part() if callable(part) else part) for part in item) for item in self.items)
