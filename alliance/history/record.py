"""Writing an event down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import Choices, Model

from alliance.history.models import EXCEPTION, Event, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def record(
    thing: Model, step: str, *, by: Model | str, before: str = "", after: str = "", inputs: Mapping[str, object] | None = None
) -> Event:
    """Write that `by` took `step` on `thing`, with what was put in, in the running transaction."""
    who = {"acting_as": by} if isinstance(by, str) else {"actor": by}
    details = {name: code(value) for name, value in (inputs or {}).items()}
    return Event.objects.create(kind=kind_of(thing), thing_id=thing.pk, step=step, before=before, after=after, details=details, **who)


def record_exception(earlier: Event, step: str, *, by: Model | str) -> Event:
    """Write that `by` takes `step` although they took `earlier` on the same thing: an exception from the separation of duties."""
    details = {"step": step, "earlier": earlier.step, "event": earlier.pk}
    return Event.objects.create(kind=earlier.kind, thing_id=earlier.thing_id, step=EXCEPTION, details=details, actor=by)


class Code(str):
    """A word of ours, such as a choice's value or a field's name: no text that somebody typed."""

    __slots__ = ()


def code(value: object) -> object:
    """An input as history may keep it: an id, a code, a number or a date as it is; any other text only as a digest."""
    match value:
        case Choices():
            return value.value
        case None | bool() | int() | Code():
            return value
        case Model():
            return value.pk
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case list() | tuple() | set():
            return [code(each) for each in value]
        case dict():
            return {str(key): code(each) for key, each in value.items()}
        case _:
            return "sha256:" + sha256(str(value).encode()).hexdigest()[:16]
