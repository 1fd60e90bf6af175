"""Which ones, of seats, tenures and nominations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from alliance import clock
from council.choices import LISTED_CALLS, STANDING, UNDER_WAY, CallState, Cause, ContestKind, ContestState, Entry, NominationState
from council.election import differences
from members.choices import RUNNING, UNDONE_WITHIN, MembershipState, Tier

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model

LEADERS = (Tier.CHAIR, Tier.VICE_CHAIR)
SETTLED = (ContestState.CERTIFIED, ContestState.CORRECTED)
UNSETTLED = (ContestState.PREPARED, *UNDER_WAY)


class CallQuerySet(QuerySet):
    def taking(self, day: date) -> CallQuerySet:
        """Open on `day`."""
        return self.filter(state=CallState.OPEN, opens_on__lte=day, closes_on__gte=day)

    def listed(self) -> CallQuerySet:
        """Whose list of candidates is published, or was."""
        return self.filter(state__in=LISTED_CALLS)

    def under_publicity(self, day: date) -> CallQuerySet:
        """Whose list of candidates is under public notice on `day`."""
        return self.filter(state=CallState.PUBLISHED, published_on__lte=day, published_until__gte=day)


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

    def co_opted(self, term: Model) -> UnitTenureQuerySet:
        """Who came to a seat of the term by co-option; one that was handed on, or back, counts once."""
        return self.filter(term=term, resolution__isnull=False).exclude(cause__in=[Cause.HANDED_ON, Cause.CORRECTED])

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

    def vacant_by_post(self, term: Model) -> list[dict[str, Any]]:
        """Each post of the term with its vacant seats: [{tier, label, direction, seats}], in the order of the plan."""
        found = self.vacant().filter(term=term).order_by().values("tier", "direction").annotate(seats=Count("pk"), first=Min("number"))
        return [row | {"label": Tier(row["tier"]).label} for row in found.order_by("first")]

    def at(self, tier: int, direction: str) -> SeatQuerySet:
        return self.filter(tier=tier, direction=direction)

    def with_tenures(self, day: date) -> SeatQuerySet:
        """Each with `held`: all its tenures with unit and listing, each of them with `filled`: its persons. Three queries, whatever the number.

        A tenure `acts` where its unit acted for the chair on `day`; a person `led_before` in so many earlier terms as chair or vice-chair.
        """
        tenures = self.model.tenures.rel.related_model
        all_persons = tenures.persons.rel.related_model.objects
        earlier = all_persons.filter(representative=OuterRef("representative"), unit_tenure__seat__tier__in=LEADERS).order_by()
        earlier = earlier.filter(unit_tenure__term__number__lt=OuterRef("unit_tenure__term__number")).values("representative")
        led = Coalesce(Subquery(earlier.values(n=Count("unit_tenure__term", distinct=True))), 0)
        persons = all_persons.select_related("representative").annotate(led_before=led).order_by("begins_on", "pk")
        acting = tenures.acting.rel.related_model.objects.filter(tenure=OuterRef("pk"), begins_on__lte=day)
        acts = Exists(acting.filter(Q(ended_on=None) | Q(ended_on__gt=day)))
        held = (
            tenures.objects.select_related("unit__organisation", "unit__listing")
            .annotate(acts=acts)
            .prefetch_related(Prefetch("persons", persons, to_attr="filled"))
            .order_by("begins_on", "pk")
        )
        return self.prefetch_related(Prefetch("tenures", held, to_attr="held"))


class CandidateQuerySet(QuerySet):
    def with_names(self) -> CandidateQuerySet:
        """With the units and persons by whom they are called, in one query."""
        return self.select_related(
            "nomination__unit__organisation", "nomination__person", "unit__organisation", "representative", "expert"
        ).prefetch_related("unit__representatives")

    def in_order(self) -> CandidateQuerySet:
        """As the ballot has them: by the places given here, then by those on the list of candidates; the others as they were put in."""
        given = Case(When(place=0, then=Value(1)), default=Value(0))
        return self.order_by(given, "place", F("nomination__place").asc(nulls_last=True), "pk")

    def unfit_for(self, contest: Model) -> CandidateQuerySet:
        """Those who may not stand: not shortlisted for this very post or on no settled list, of a unit without its rights, retired, or not of the first step's elected."""
        active = MembershipState.ACTIVE
        by_unit = Q(unit__state=active) | Q(unit=None, nomination__unit__state=active)
        if contest.kind == ContestKind.BODY:
            return self.exclude(Q(expert__retired_on=None, expert__isnull=False) | ~Q(person="") | by_unit)
        shortlisted = Q(
            nomination__state=NominationState.SHORTLISTED, nomination__call__state=CallState.SETTLED, nomination__term=contest.term
        )
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
    def on_the_list(self) -> NominationQuerySet:
        """Shortlisted and with a place on the list, in its order."""
        found = self.filter(state=NominationState.SHORTLISTED).exclude(place=None)
        return found.select_related("unit__organisation", "person").order_by("tier", "direction", "place")

    def with_names(self) -> NominationQuerySet:
        """Each with `is_named`: whether the person has agreed to stand on public lists by name."""
        consents = self.model.person.field.related_model.name_consents.rel.related_model.objects
        return self.annotate(is_named=Exists(consents.for_council().filter(representative=OuterRef("person"))))

    def by_post(self) -> dict[tuple[int, str], dict[str, int]]:
        """How many stand at each stage, for each tier and direction: one statement."""
        counts = {
            "nominated": Count("pk", filter=Q(state__in=STANDING)),
            "accepted": Count("pk", filter=Q(state__in=[NominationState.ACCEPTED, NominationState.SHORTLISTED])),
            "shortlisted": Count("pk", filter=Q(state=NominationState.SHORTLISTED)),
            "put_forward": Count("pk", filter=Q(state=NominationState.SHORTLISTED, put_forward_by__isnull=False)),
        }
        rows = self.order_by().values("tier", "direction").annotate(**counts)
        return {(row.pop("tier"), row.pop("direction")): row for row in rows}

    def unexamined(self) -> NominationQuerySet:
        """Still to be answered or examined."""
        return self.filter(state__in=STANDING).exclude(state=NominationState.SHORTLISTED)

    def for_persons(self, user: Model) -> NominationQuerySet:
        """Those in which `user` is the person put forward."""
        return self.filter(person__user=user, person__until=None)

    def standing(self) -> NominationQuerySet:
        """Neither declined nor withdrawn nor found ineligible, in a call that was not cancelled."""
        return self.filter(state__in=STANDING).exclude(call__state=CallState.CANCELLED)

    def unsettled(self) -> NominationQuerySet:
        """Without those of a call that was cancelled, and those that stood in an election with a certified result, unless they stand again."""
        candidates = self.model.candidacies.rel.related_model.objects.filter(nomination=OuterRef("pk"))
        settled = Exists(candidates.filter(contest__state__in=SETTLED))
        return self.exclude(call__state=CallState.CANCELLED).filter(~settled | Exists(candidates.filter(contest__state__in=UNSETTLED)))

    def with_outcome(self) -> NominationQuerySet:
        """Each with `voted_on`, whether a certified result speaks of it, and `won`, whether that gave the unit a seat."""
        candidates = self.model.candidacies.rel.related_model.objects.filter(nomination=OuterRef("pk"))
        settled = candidates.filter(contest__state__in=SETTLED)
        return self.annotate(voted_on=Exists(settled), won=Exists(settled.filter(contest__tenures__unit=OuterRef("unit"))))
