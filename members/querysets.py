"""Which ones, of what belongs to the alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from alliance import clock
from members.choices import RUNNING, MeetingState, MembershipState

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model


class OrganisationQuerySet(QuerySet):
    def known_as(self, jurisdiction: str, reg_no: str) -> OrganisationQuerySet:
        """The one organisation under this number, if it is known; `reg_no` normalised."""
        return self.filter(jurisdiction=jurisdiction, reg_no=reg_no)

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

    def on_date(self, day: date) -> MemberUnitQuerySet:
        """Members as of `day`."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), admitted_on__lte=day)


class RepresentativeQuerySet(QuerySet):
    def current(self) -> RepresentativeQuerySet:
        return self.filter(until=None)


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


class MeetingQuerySet(QuerySet):
    def ahead(self) -> MeetingQuerySet:
        """Not over yet, the next first."""
        return self.exclude(state=MeetingState.CLOSED).order_by("held_at")
