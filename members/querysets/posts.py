"""Which posts member units hold on the council. The council's rows are read by a reverse accessor, which is named here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model


class PostsOfUnits(QuerySet):
    """What a queryset of member units knows of the council."""

    def tenures_on(self, day: date) -> QuerySet:
        """The council's tenures that ran on this day, each with its seat and term."""
        return self.model.tenures.rel.related_model.objects.on_date(day).select_related("seat", "term")

    def posts_held(self, day: date) -> dict[int, Model]:
        """The tenure of each unit that sat on the council on this day, by unit."""
        return {each.unit_id: each for each in self.tenures_on(day)}

    def with_posts(self, day: date) -> QuerySet:
        """Each with `posts`: its tenures of this day, one or none."""
        return self.prefetch_related(Prefetch("tenures", self.tenures_on(day), to_attr="posts"))
