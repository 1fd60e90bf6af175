"""Which terms, roll entries and resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from alliance import clock

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model


class AttendanceQuerySet(QuerySet):
    def present(self) -> AttendanceQuerySet:
        return self.exclude(signed_in_at=None)


class ResolutionQuerySet(QuerySet):
    def of_assemblies(self, assemblies: list[str]) -> ResolutionQuerySet:
        """Resolved by one of these bodies, the newest first."""
        return self.filter(meeting__assembly__in=assemblies).select_related("meeting__term")


class TermQuerySet(QuerySet):
    def current(self, on: date | None = None) -> Model | None:
        """The term that has begun last, by today or by a day; before the founding, the first one planned."""
        begun = self.filter(begins_on__lte=on or clock.today()).order_by("-number").first()
        return begun or self.order_by("number").first()
