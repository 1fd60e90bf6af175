"""Which ones, of papers, seals and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, QuerySet

from applications.choices import COUNTING, Paper, Reading, State

if TYPE_CHECKING:
    from django.db.models import Model


class AttachmentQuerySet(QuerySet):
    def running(self) -> AttachmentQuerySet:
        """Not taken away, in the order they were added."""
        return self.filter(removed_at=None).select_related("file").order_by("id")

    def in_version(self, version: Model | None) -> AttachmentQuerySet:
        """Those that a frozen version names."""
        named = [each["uuid"] for each in version.answers.get("attachments", [])] if version else []
        return self.filter(file__uuid__in=named).select_related("file").order_by("id")


class SealedCopyQuerySet(QuerySet):
    def running(self) -> SealedCopyQuerySet:
        """Not replaced by a later scan."""
        return self.filter(attachment__removed_at=None)

    def counting(self) -> SealedCopyQuerySet:
        """Those that stand for the seal on their version."""
        return self.running().filter(reading__in=COUNTING)

    def awaiting_eye(self) -> SealedCopyQuerySet:
        """Those that no machine could read."""
        return self.running().filter(reading=Reading.UNREAD)

    def to_look_at(self) -> SealedCopyQuerySet:
        """Those that wait for the clerk: of applications that are before the office, the oldest first."""
        return self.awaiting_eye().filter(application__state__in=[State.SUBMITTED, State.RESUBMITTED]).order_by("id")


class ConsentTextQuerySet(QuerySet):
    def in_force(self, language: str) -> ConsentTextQuerySet:
        """The last version of each declaration's text in `language`."""
        later = self.model.objects.filter(
            declaration=OuterRef("declaration"), language=OuterRef("language"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later), language=language)

    def next_version(self, declaration: str, language: str) -> int:
        """What the next version of this text is numbered, 1 at first."""
        return (self.filter(declaration=declaration, language=language).aggregate(last=Max("version"))["last"] or 0) + 1


class RequiredPaperQuerySet(QuerySet):
    def of_unit(self, jurisdiction: str, unit_type: str) -> RequiredPaperQuerySet:
        """The lines that speak of such a unit."""
        return self.filter(jurisdiction__in=["", jurisdiction], unit_type__in=["", unit_type]).order_by("-is_must", "id")

    def demanded(self) -> RequiredPaperQuerySet:
        """Without which nothing is submitted; the sealed form may follow."""
        return self.filter(is_must=True).exclude(paper=Paper.SEALED_FORM)
