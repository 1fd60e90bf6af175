"""Which bodies, who sits in them or wishes to, and which experts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from members.choices import BodyKind, WishKind, WishState

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model


class BodyQuerySet(QuerySet):
    def branches(self) -> BodyQuerySet:
        """Branches that are there or planned."""
        return self.filter(kind=BodyKind.BRANCH, dissolved_on=None)

    def secretariat(self) -> BodyQuerySet:
        return self.filter(kind=BodyKind.SECRETARIAT, dissolved_on=None)

    def to_join(self) -> BodyQuerySet:
        """Branches and working groups that are there or planned."""
        return self.filter(kind__in=[BodyKind.BRANCH, BodyKind.WORKING_GROUP], dissolved_on=None)

    def branch_regions(self) -> set[str]:
        """Where branches are, or are planned."""
        return set(self.branches().values_list("region", flat=True))

    def public(self) -> BodyQuerySet:
        """Those that the office shows, in the order of their kinds."""
        return self.filter(is_public=True)

    def that_takes(self, kind: str) -> BodyQuerySet:
        """Those that a unit may wish to join, or to host: the secretariat and the branches."""
        return (self.secretariat() | self.branches()) if kind == WishKind.HOST else self.to_join()

    def with_holders(self) -> BodyQuerySet:
        """Each with `holders`: how many posts are held now."""
        return self.annotate(holders=Count("tenures", filter=Q(tenures__ended_on=None)))


class WishQuerySet(QuerySet):
    def to_decide(self) -> WishQuerySet:
        """Neither accepted nor declined, the oldest first."""
        return self.filter(state=WishState.OPEN).order_by("id")


class BodyTenureQuerySet(QuerySet):
    def running(self) -> BodyTenureQuerySet:
        return self.filter(ended_on=None)

    def on_date(self, day: date) -> BodyTenureQuerySet:
        """Those that ran on this day."""
        left = Q(unit__ended_on__lte=day)  # who leaves the alliance leaves its bodies that day
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), begins_on__lte=day).exclude(left)

    def named(self) -> BodyTenureQuerySet:
        """With whoever holds them, and in which body."""
        return self.select_related("body", "term", "unit__organisation", "expert")

    def for_steps(self) -> BodyTenureQuerySet:
        return self.named().select_for_update(of=("self",))

    def about(self, user: Model) -> BodyTenureQuerySet:
        """Those of whoever `user` is in the think tank."""
        return self.named().filter(expert__user=user)


class ExpertQuerySet(QuerySet):
    def listed(self) -> ExpertQuerySet:
        """Those of the think tank as of now."""
        return self.filter(retired_on=None)

    def of(self, user: Model) -> ExpertQuerySet:
        """Whoever `user` is in the think tank; one at most."""
        return self.listed().filter(user=user).select_related("user", "organisation")

    def of_direction(self, direction: str) -> ExpertQuerySet:
        """Those who know this direction; the list is kept as JSON, which SQLite does not look into."""
        return self.filter(directions__icontains=f'"{direction}"')
