"""Which ones, of what belongs to the alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import Coalesce, RowNumber

from alliance import clock
from alliance.facts.choices import Phase
from alliance.facts.models import Facts
from members.choices import RUNNING, BodyKind, MembershipState, UnitType

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import Model


class OrganisationQuerySet(QuerySet):
    def of(self, user: Model) -> OrganisationQuerySet:
        """Those for which `user` acts today."""
        return self.filter(colleagues__user=user, colleagues__until=None)

    def under_numbers(self, keys: Iterable[tuple[str, str]]) -> OrganisationQuerySet:
        """Those under these places of registration and numbers."""
        by_place: dict[str, list[str]] = {}
        for place, number in keys:
            by_place.setdefault(place, []).append(number)
        ours = Q(pk__in=[])
        for place, numbers in by_place.items():
            ours |= Q(jurisdiction=place, reg_no__in=numbers)
        return self.filter(ours)

    def recognised(self) -> OrganisationQuerySet:
        """Alliances that are not members: those that the department has recognised may be taken in without a batch."""
        running = self.model.memberships.rel.related_model.objects.running().filter(organisation=OuterRef("pk"))
        return self.filter(~Exists(running), unit_type=UnitType.ALLIANCE)

    def with_verification(self) -> OrganisationQuerySet:
        """Each with `verified_on`: the last day that somebody found its number and name to agree."""
        return self.annotate(verified_on=Max("verifications__on", filter=Q(verifications__agrees=True)))


class MemberUnitQuerySet(QuerySet):
    def running(self) -> MemberUnitQuerySet:
        """Members as of now, suspended ones included."""
        return self.filter(state__in=RUNNING)

    def active(self) -> MemberUnitQuerySet:
        """Members with all their rights."""
        return self.filter(state=MembershipState.ACTIVE)

    def under_number(self, jurisdiction: str, reg_no: str) -> MemberUnitQuerySet:
        """The running member under a registration number; who is a member is public."""
        return self.running().filter(organisation__jurisdiction=jurisdiction, organisation__reg_no=reg_no).select_related("organisation")

    def without_certificate(self) -> MemberUnitQuerySet:
        """Active, and without a certificate that runs."""
        return self.active().exclude(certificates__in=self.model.certificates.rel.related_model.objects.running())

    def electorate(self, term: Model) -> MemberUnitQuerySet:
        """Who votes in the assembly: every active unit; or, by the rule of the term, a legal person once, by its own membership first."""
        if term.hosts_vote_too:
            return self.active()
        signs = Coalesce("organisation__host", "organisation")
        active = self.active().annotate(legal_person=signs, is_hosted=Case(When(organisation__host=None, then=0), default=1))
        rank = Window(RowNumber(), partition_by="legal_person", order_by=["is_hosted", "number"])
        first = [pk for pk, place in active.annotate(place=rank).values_list("pk", "place") if place == 1]
        return self.filter(pk__in=first)

    def with_standing(self) -> MemberUnitQuerySet:
        """Each with `is_prospective`: it has its rights, and the alliance is still being founded."""
        running = Exists(Facts.objects.filter(phase=Phase.RUNNING))
        return self.annotate(is_prospective=Case(When(Q(state=MembershipState.ACTIVE) & ~running, then=True), default=False))

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


class BodyQuerySet(QuerySet):
    def to_join(self) -> BodyQuerySet:
        """Branches and working groups that are there or planned."""
        return self.filter(kind__in=[BodyKind.BRANCH, BodyKind.WORKING_GROUP], dissolved_on=None)

    def with_holders(self) -> BodyQuerySet:
        """Each with `holders`: how many posts are held now."""
        return self.annotate(holders=Count("tenures", filter=Q(tenures__ended_on=None)))


class BodyTenureQuerySet(QuerySet):
    def running(self) -> BodyTenureQuerySet:
        return self.filter(ended_on=None)

    def on_date(self, day: date) -> BodyTenureQuerySet:
        """Those that ran on this day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), begins_on__lte=day)


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


class CertificateQuerySet(QuerySet):
    def running(self) -> CertificateQuerySet:
        """Neither replaced nor void; whether it has expired, the day says."""
        return self.filter(ended_on=None)
