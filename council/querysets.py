"""Which ones, of seats, tenures and nominations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alliance import clock
from council.choices import STANDING, ContestState, NominationState
from members.choices import RUNNING, UNDONE_WITHIN, MembershipState, Tier

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model

LEADERS = (Tier.CHAIR, Tier.VICE_CHAIR)
SETTLED = (ContestState.CERTIFIED, ContestState.RUNOFF)
UNSETTLED = (ContestState.PREPARED, ContestState.VOTING, ContestState.COUNTED)


class UnitTenureQuerySet(QuerySet):
    def running(self) -> UnitTenureQuerySet:
        """Not ended, and held by a unit that still belongs: whoever leaves the alliance vacates, without anyone writing it."""
        return self.filter(ended_on=None, unit__state__in=RUNNING)

    def lapsed(self) -> UnitTenureQuerySet:
        """Still written as running, though the unit's membership is over."""
        return self.filter(ended_on=None).exclude(unit__state__in=RUNNING)

    def settled(self, now: datetime) -> UnitTenureQuerySet:
        """Without those of units whose merger can still be undone."""
        return self.exclude(unit__went_into__in=self.successions().fresh(now, UNDONE_WITHIN))

    def successions(self) -> QuerySet:
        return self.model.unit.field.related_model.went_into.rel.related_model.objects

    def to_settle(self) -> UnitTenureQuerySet:
        """What the office has to settle: seats whose unit went into another, and seats filled by nobody who represents the unit."""
        went = Q(unit__state=MembershipState.MERGED)
        persons = self.model.persons.rel.related_model.objects
        speaks = persons.filter(unit_tenure=OuterRef("pk"), ended_on=None, representative__until=None)
        return self.filter(ended_on=None).filter(went | (Q(unit__state__in=RUNNING) & ~Exists(speaks)))

    def on_the_seat_left_by(self, unit: Model) -> UnitTenureQuerySet:
        """Who holds a seat from which `unit` went when it was merged or split."""
        left = self.model.objects.filter(unit=unit, ended_on__gte=unit.ended_on) if unit.ended_on else self.model.objects.none()
        return self.running().filter(seat__in=left.values("seat")).exclude(unit=unit)

    def handed_on_to(self, tenure: Model) -> UnitTenureQuerySet:
        """The tenure of the same seat from which `tenure` took it over, while the merger can still be undone."""
        fresh = self.successions().fresh(clock.now(), UNDONE_WITHIN).filter(successor=tenure.unit)
        found = self.filter(seat=tenure.seat, ended_on__lte=tenure.begins_on, unit__in=fresh.values("predecessor"))
        return found.select_related("unit").order_by("-ended_on", "-pk")

    def on_date(self, day: date) -> UnitTenureQuerySet:
        """Held on `day`."""
        held = Q(begins_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))
        belonged = Q(unit__ended_on=None) | Q(unit__ended_on__gt=day)
        return self.filter(held & belonged)

    def of(self, user: Model) -> UnitTenureQuerySet:
        """Those whose seat `user` fills in person."""
        return self.running().filter(persons__ended_on=None, persons__representative__user=user)


class SeatQuerySet(QuerySet):
    def vacant(self) -> SeatQuerySet:
        """Planned, and held by no unit that belongs."""
        tenures = self.model.tenures.rel.related_model.objects
        return self.filter(planned_until=None).exclude(Exists(tenures.running().filter(seat=OuterRef("pk"))))

    def planned(self, day: date | None = None) -> SeatQuerySet:
        """Those that the plan has: now, or on a day."""
        if day is None:
            return self.filter(planned_until=None)
        begun = Q(planned_from=None) | Q(planned_from__lte=day)
        return self.filter(begun & (Q(planned_until=None) | Q(planned_until__gt=day)))

    def at(self, tier: int, direction: str) -> SeatQuerySet:
        return self.filter(tier=tier, direction=direction)

    def with_holders(self, day: date) -> SeatQuerySet:
        """Each with `holders`: the tenure of `day` (one or none), its unit and its person, in three queries whatever the number."""
        tenures = self.model.tenures.rel.related_model
        persons = tenures.persons.rel.related_model.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), begins_on__lte=day)
        held = (
            tenures.objects.on_date(day)
            .select_related("unit__organisation")
            .prefetch_related(Prefetch("persons", persons.select_related("representative"), to_attr="in_person"))
        )
        return self.prefetch_related(Prefetch("tenures", held, to_attr="holders"))

    def with_tenures(self) -> SeatQuerySet:
        """Each with `held`: all its tenures with unit and listing, each with `filled`: its persons, and in how many earlier terms these were chair or vice-chair.

        Three queries, whatever the number.
        """
        tenures = self.model.tenures.rel.related_model
        all_persons = tenures.persons.rel.related_model.objects
        earlier = all_persons.filter(representative=OuterRef("representative"), unit_tenure__seat__tier__in=LEADERS).order_by()
        earlier = earlier.filter(unit_tenure__term__number__lt=OuterRef("unit_tenure__term__number")).values("representative")
        led = Coalesce(Subquery(earlier.values(n=Count("unit_tenure__term", distinct=True))), 0)
        persons = all_persons.select_related("representative").annotate(led_before=led).order_by("begins_on", "pk")
        held = (
            tenures.objects.select_related("unit__organisation", "unit__listing")
            .prefetch_related(Prefetch("persons", persons, to_attr="filled"))
            .order_by("begins_on", "pk")
        )
        return self.prefetch_related(Prefetch("tenures", held, to_attr="held"))


class CandidateQuerySet(QuerySet):
    def unfit_for(self, contest: Model) -> CandidateQuerySet:
        """Not shortlisted for the contest's own post, or of a unit without its rights."""
        post = {"nomination__term": contest.term, "nomination__tier": contest.tier, "nomination__direction": contest.direction}
        return self.exclude(nomination__state=NominationState.SHORTLISTED, nomination__unit__state=MembershipState.ACTIVE, **post)


class NominationQuerySet(QuerySet):
    def standing(self) -> NominationQuerySet:
        """Neither declined nor found ineligible."""
        return self.filter(state__in=STANDING)

    def unsettled(self) -> NominationQuerySet:
        """Without those that stood in an election with a certified result, unless they stand again."""
        candidates = self.model.candidacies.rel.related_model.objects.filter(nomination=OuterRef("pk"))
        settled = Exists(candidates.filter(contest__state__in=SETTLED))
        return self.filter(~settled | Exists(candidates.filter(contest__state__in=UNSETTLED)))
