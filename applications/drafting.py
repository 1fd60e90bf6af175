"""How what is typed comes into the answers: field by field, so that nobody's words are overwritten unseen.

Whoever types tells what they started from (their base). A field that somebody else has changed meanwhile is not written: both
texts are shown, and who typed decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance import clock
from alliance.accounts.models import User
from alliance.workflow import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from applications.models import Application

SUBMITTED_MEANWHILE = _("The application has been submitted meanwhile: nothing was changed.")
Shown = tuple[str, ...]  # an answer as a form posts it: one text, several ticks, or nothing


@dataclass
class Settled:
    """Which of somebody's answers are taken, and which two people have changed differently."""

    taken: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)


def settle(mine: Mapping[str, Shown], base: Mapping[str, Shown], theirs: Mapping[str, Shown]) -> Settled:
    """A merge of three: `mine` is on the screen, `base` is what it began from, `theirs` is in the database. Without a base the last word holds."""
    found = Settled()
    for name, answer in mine.items():
        began = base.get(name, theirs[name])
        if answer in (began, theirs[name]):
            continue
        (found.taken if theirs[name] == began else found.disputed).append(name)
    return found


def write(application: Application, answers: Mapping[str, Any], *, by: Model) -> None:
    """Write only these answers, and who changed each of them when. The row is held by this transaction."""
    now = clock.now()
    for name, value in answers.items():
        setattr(application, name, value)
        application.touched[name] = [by.pk, now.isoformat()]
    application.saved_at = now
    application.save(update_fields=[*answers, "touched", "saved_at"])


def last_touch(application: Application, name: str) -> tuple[User | None, datetime | None]:
    """Who changed an answer last, and when; nobody where it is as it began."""
    if name not in application.touched:
        return None, None
    pk, at = application.touched[name]
    return User.objects.filter(pk=pk).first(), datetime.fromisoformat(at)


def refuse_closed(application: Application) -> None:
    """Raise where the application has been submitted meanwhile."""
    if not application.is_editable:
        raise Refused(SUBMITTED_MEANWHILE, thing=application)


@dataclass
class Dispute:
    """Two answers to one question: what somebody has saved meanwhile, who and when; and both texts with what differs between them marked."""

    by: str
    at: datetime | None
    is_own: bool  # whether whoever reads it saved both, in two windows
    theirs: list[tuple[str, bool]]
    mine: list[tuple[str, bool]]


def dispute(application: Application, name: str, *, mine: Any, theirs: Shown, reader: User) -> Dispute:
    """Both texts of one field, whole, and in words where they are chosen from a list."""
    user, at = last_touch(application, name)
    ours, other = in_words(application, name, mine), in_words(application, name, list(theirs))
    return Dispute(str(user or ""), at, user == reader, pieces(ours, other), pieces(other, ours))


def in_words(application: Application, name: str, value: Any) -> str:
    """A posted answer as a reader reads it."""
    choices = dict(application.several[name].choices) if name in application.several else dict(choices_of(application, name))
    texts = value if isinstance(value, list) else [value]
    return pgettext("list", ", ").join(str(choices.get(text, text)) for text in texts if text not in (None, ""))


def choices_of(application: Application, name: str) -> list[tuple[Any, Any]]:
    return list(application._meta.get_field(name).flatchoices)


def pieces(before: str, after: str) -> list[tuple[str, bool]]:
    """`after`, whole, in pieces: each with whether it stands there alone."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(after[c:d], what != "equal") for what, _a, _b, c, d in steps if d > c]
