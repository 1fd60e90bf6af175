"""Which ones, of what belongs to the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alliance.files.models import StoredFile
from alliance.history.models import kind_of

if TYPE_CHECKING:
    from datetime import date


class MilestoneQuerySet(QuerySet):
    def in_order(self) -> MilestoneQuerySet:
        """Stage by stage: by the day it was done or is planned for, those without a day last and as they were written down."""
        return self.order_by("stage__number", Coalesce("done_on", "planned_on").asc(nulls_last=True), "id")

    def public(self) -> MilestoneQuerySet:
        return self.filter(is_public=True)

    def overdue(self, day: date) -> MilestoneQuerySet:
        """Planned for a day before this one, and not done."""
        return self.filter(planned_on__lt=day, done_on=None)


class StagePaperQuerySet(QuerySet):
    def with_upload(self) -> StagePaperQuerySet:
        """Each with the address, name and moment of the file that the office attached last."""
        files = StoredFile.objects.filter(kind_of_thing=kind_of(self.model), thing_id=OuterRef("pk")).order_by("-id")
        said = {"upload": "uuid", "upload_name": "title", "uploaded_at": "uploaded_at"}
        return self.annotate(**{name: Subquery(files.values(field)[:1]) for name, field in said.items()})


def stated(rows: QuerySet) -> QuerySet:
    """Activities that have a figure, in the order of their kinds."""
    return rows.exclude(count=None).order_by(F("id"))
