"""Which ones, of what belongs to the alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from alliance import clock
from members.choices import RUNNING, MembershipState

if TYPE_CHECKING:
    from django.db.models import Model


class OrganisationQuerySet(QuerySet):
    def of(self, user: Model) -> OrganisationQuerySet:
        """Those for which `user` acts today."""
        return self.filter(colleagues__user=user, colleagues__until=None)


class MemberUnitQuerySet(QuerySet):
    def running(self) -> MemberUnitQuerySet:
        """Members as of now, suspended ones included."""
        return self.filter(state__in=RUNNING)

    def active(self) -> MemberUnitQuerySet:
        """Members with all their rights."""
        return self.filter(state=MembershipState.ACTIVE)

    def of(self, user: Model) -> MemberUnitQuerySet:
        """Running members for which `user` acts: as a colleague of the organisation, or as its representative."""
        mine = Q(organisation__colleagues__user=user, organisation__colleagues__until=None) | Q(
            representatives__user=user, representatives__until=None
        )
        return self.running().filter(mine).distinct()


class AttendanceQuerySet(QuerySet):
    def present(self) -> AttendanceQuerySet:
        return self.exclude(signed_in_at=None)


class ResolutionQuerySet(QuerySet):
    def of_assemblies(self, assemblies: list[str]) -> ResolutionQuerySet:
        """Resolved by one of these bodies, the newest first."""
        return self.filter(meeting__assembly__in=assemblies).select_related("meeting__term")


class TermQuerySet(QuerySet):
    def current(self) -> Model | None:
        """The term that has begun last; before the founding, the first one planned."""
        begun = self.filter(begins_on__lte=clock.today()).order_by("-number").first()
        return begun or self.order_by("number").first()
