"""What stood in rows at an earlier moment, read from their kept history."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db import models

    Thing = TypeVar("Thing", bound=models.Model)

DELETED = "-"


def as_of(model: type[Thing], keys: Iterable[int], moment: datetime) -> dict[int, Thing]:
    """The rows of `model` with these keys as they stood just before `moment`, by key, in one statement.

    A row that was not there yet, or no more, is left out; fields that keep no history are empty.
    """
    kept = model.history.model
    rows = kept.objects.filter(id__in=[*keys], history_date__lt=moment).order_by("id", "history_date", "history_id")
    last = {row.id: row for row in rows}
    names = [field.attname for field in kept.tracked_fields]
    return {key: model(**{name: getattr(row, name) for name in names}) for key, row in last.items() if row.history_type != DELETED}
