"""Field history: what stood in a row before, since when, and who changed it, kept by django-simple-history.

A noun keeps its history by one line, `history = kept_history()`. The rows are written by the library, by our clock, in the
name of whoever takes the running step, else of whoever sent the request.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from alliance import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

_acting: ContextVar[tuple[models.Model | str, str] | None] = ContextVar("acting", default=None)


@contextmanager
def acting(by: models.Model | str, step: str) -> Iterator[None]:
    """Whatever is saved inside the block was changed by `by`, in the step of this name."""
    token = _acting.set((by, step))
    try:
        yield
    finally:
        _acting.reset(token)


class KeptRecords(HistoricalRecords):
    """The library's records, with our clock, our actor and our step."""

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        instance._history_date = clock.now()  # noqa: SLF001 — where the library looks for the moment
        try:
            super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date  # noqa: SLF001

    def get_history_user(self, instance: models.Model) -> models.Model | None:
        """Who takes the running step; the timetable has no account."""
        if not (now := _acting.get()):
            return super().get_history_user(instance)
        return now[0] if isinstance(now[0], models.Model) else None

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str | None:
        """The name of the running step."""
        now = _acting.get()
        return now[1] if now else super().get_change_reason_for_object(instance, history_type, using)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        named = {name: format_lazy("{}: {}", getattr(model._meta, name), _("earlier")) for name in ("verbose_name", "verbose_name_plural")}
        return super().get_meta_options(model) | named

    def _get_history_user_fields(self) -> dict[str, models.ForeignKey]:
        """History's actor: the one relation that may point upward, and it is protected."""
        fields = super()._get_history_user_fields()
        fields["history_user"].remote_field.on_delete = models.PROTECT
        return fields


def kept_history(*, but: tuple[str, ...] = ()) -> KeptRecords:
    """The earlier values of every field of this noun, except those named in `but`."""
    return KeptRecords(excluded_fields=but, history_id_field=models.BigAutoField())
