"""Which organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from members.choices import UnitType
from members.querysets.reach import reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model


class OrganisationQuerySet(QuerySet):
    def within_reach(self, user: Any) -> OrganisationQuerySet:
        """What somebody of the office sees: everything; or, of a branch, the units of its region and those that sit in it or wish to."""
        reach = reach_of(user)
        if reach is None:
            return self
        units = self.model.memberships.rel.related_model.objects.that_chose(reach.branches)
        return self.filter(reach.of_place("region") | Q(pk__in=units.values("organisation")))

    def of(self, user: Model) -> OrganisationQuerySet:
        """Those for which `user` acts today."""
        return self.filter(colleagues__user=user, colleagues__until=None)

    def under_name(self, name: str) -> OrganisationQuerySet:
        """Those that are called just this, members first."""
        return self.filter(name=name).order_by("-memberships", "id")

    def under_numbers(self, keys: Iterable[tuple[str, str]]) -> OrganisationQuerySet:
        """Those under these places of registration and numbers."""
        by_place: dict[str, list[str]] = {}
        for place, number in keys:
            by_place.setdefault(place, []).append(number)
        ours = Q(pk__in=[])
        for place, numbers in by_place.items():
            ours |= Q(jurisdiction=place, reg_no__in=numbers)
        return self.filter(ours)

    def alliances(self) -> OrganisationQuerySet:
        """Industry technology innovation alliances, members or not."""
        return self.filter(unit_type=UnitType.ALLIANCE)

    def recognised(self) -> OrganisationQuerySet:
        """Alliances that are not members: those that the department has recognised may be taken in without a batch."""
        running = self.model.memberships.rel.related_model.objects.running().filter(organisation=OuterRef("pk"))
        return self.filter(~Exists(running), unit_type=UnitType.ALLIANCE)

    def with_verification(self) -> OrganisationQuerySet:
        """Each with `verified_on`: the last day that somebody found its number and name to agree."""
        return self.annotate(verified_on=Max("verifications__on", filter=Q(verifications__agrees=True)))

    def namesakes(self, organisation: Model, name: str) -> OrganisationQuerySet:
        """Others that are called just this in the same place."""
        return self.filter(name=name, jurisdiction=organisation.jurisdiction, region=organisation.region).exclude(pk=organisation.pk)
