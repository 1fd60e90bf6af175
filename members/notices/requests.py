"""Who is told what became of a change request."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.letters.kinds import kind
from alliance.letters.words import listed
from members import notices
from members.choices import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import ChangeRequest, RequestedChange

SETTLED = kind(
    "change_settled",
    gettext_lazy("A change request is answered"),
    **notices.UNIT,
    answers=gettext_lazy("each change, whether it was accepted, and the office's words"),
)


def settled(request: ChangeRequest, changes: Iterable[RequestedChange]) -> None:
    """One letter for the whole request: what stands in the register now, what does not, and why."""
    told = listed(partial(line, change) for change in changes)
    link = reverse("myunit:request", args=[request.unit.number, request.uuid])
    key = f"change_settled:{request.pk}"
    notices.unit_told(SETTLED, request.unit, key=key, about=request, link=link, answers=told)


def line(change: RequestedChange) -> str:
    """One field, in the reader's language."""
    answer = Answer(change.answer).label
    said = _("%(field)s: “%(old)s” to “%(new)s” — %(answer)s") % {
        "field": change.label,
        "old": change.before or "–",
        "new": change.after or "–",
        "answer": answer,
    }
    return _("%(line)s. %(words)s") % {"line": said, "words": change.words} if change.words else said
