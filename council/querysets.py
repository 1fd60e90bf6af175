"""Which ones, of seats, tenures and nominations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from alliance import clock
from council.choices import STANDING, ContestKind, Entry, NominationState
from council.election import differences
from members.choices import RUNNING, UNDONE_WITHIN, MembershipState

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model


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
        return self.exclude(Exists(tenures.running().filter(seat=OuterRef("pk"))))

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


class CandidateQuerySet(QuerySet):
    def with_names(self) -> CandidateQuerySet:
        """With the units and persons by whom they are called, in one query."""
        return self.select_related(
            "nomination__unit__organisation", "nomination__person", "unit__organisation", "representative", "expert"
        ).prefetch_related("unit__representatives")

    def in_order(self) -> CandidateQuerySet:
        """As the ballot has them: by their places; those without one behind, as they were put in."""
        return self.order_by(Case(When(place=0, then=Value(1)), default=Value(0)), "place", "pk")

    def unfit_for(self, contest: Model) -> CandidateQuerySet:
        """Those who may not stand: not shortlisted for this very post, of a unit without its rights, retired, or not of the first step's elected."""
        active = MembershipState.ACTIVE
        by_unit = Q(unit__state=active) | Q(unit=None, nomination__unit__state=active)
        if contest.kind == ContestKind.BODY:
            return self.exclude(Q(expert__retired_on=None, expert__isnull=False) | ~Q(person="") | by_unit)
        shortlisted = Q(nomination__state=NominationState.SHORTLISTED, nomination__term=contest.term)
        if contest.drawn_from:
            return self.exclude(
                by_unit & (Q(unit__in=contest.drawn_from.elected_units) | Q(nomination__unit__in=contest.drawn_from.elected_units))
            )
        if contest.kind == ContestKind.COUNCIL:
            shortlisted &= Q(nomination__tier=contest.tier, nomination__direction=contest.direction)
        return self.exclude(by_unit & shortlisted)


class ContestQuerySet(QuerySet):
    def counted(self) -> ContestQuerySet:
        """Those for which a tally has been entered."""
        return self.filter(tallies__isnull=False).distinct()


class TallyQuerySet(QuerySet):
    def with_figures(self) -> TallyQuerySet:
        return self.select_related("entered_by").prefetch_related("counts", "write_ins")

    def by(self, user: Model) -> TallyQuerySet:
        return self.filter(entered_by=user)

    def two(self) -> list[Model]:
        """The two entries made apart, as far as they are there."""
        return list(self.filter(entry__in=[Entry.FIRST, Entry.SECOND]).with_figures().order_by("entry"))

    def that_counts(self) -> Model | None:
        """The one agreed upon; else the first of two that agree in every cell; else none."""
        if agreed := self.filter(entry=Entry.AGREED).with_figures().first():
            return agreed
        two = self.two()
        return two[0] if len(two) == len((Entry.FIRST, Entry.SECOND)) and not differences(two[0].figures, two[1].figures) else None


class NominationQuerySet(QuerySet):
    def standing(self) -> NominationQuerySet:
        """Neither declined nor found ineligible."""
        return self.filter(state__in=STANDING)
