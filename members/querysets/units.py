"""Which member units."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Coalesce, RowNumber

from alliance import clock
from alliance.facts.choices import Phase
from alliance.facts.models import Facts
from members.choices import RUNNING, MembershipState
from members.querysets.listings import holding
from members.querysets.posts import PostsOfUnits
from members.querysets.reach import reach_of
from members.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import Model, QuerySet

MOST_WORDS = 8

BINDING = ("submits", "owns")  # what a colleague may be to bind the unit


class MemberUnitQuerySet(PostsOfUnits):
    def within_reach(self, user: Any) -> MemberUnitQuerySet:
        """The same rule, of their memberships."""
        if reach_of(user) is None:
            return self
        return self.filter(organisation__in=self.model.organisation.field.related_model.objects.within_reach(user).values("pk"))

    def that_chose(self, bodies: Iterable[Model]) -> MemberUnitQuerySet:
        """Those that sit in one of `bodies`, or asked to."""
        return self.filter(Q(body_tenures__body__in=bodies, body_tenures__ended_on=None) | Q(wishes__body__in=bodies))

    def running(self) -> MemberUnitQuerySet:
        """Members as of now, suspended ones included."""
        return self.filter(state__in=RUNNING)

    def left(self, *, by: date | None = None) -> MemberUnitQuerySet:
        """Those whose membership is over: now, or on this day."""
        return self.exclude(ended_on=None) if by is None else self.filter(ended_on__lte=by)

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
        return self.running().filter(self.acted_for(user))

    def spoken_for_by(self, user: Model) -> MemberUnitQuerySet:
        """Running members that `user` binds: as their representative, or as a colleague who may submit."""
        return self.running().filter(self.acted_for(user, role__in=BINDING))

    def acted_for(self, user: Model, **roles: Any) -> Q:
        """Looked up from the person, who has few units, and not from the units, who are many: every page asks."""
        colleagues = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
        representatives = self.model.representatives.rel.related_model.objects
        through = self.model.objects.order_by().filter(
            organisation__in=colleagues.filter(user=user, until=None, **roles).values("organisation")
        )
        return Q(pk__in=through.values("pk").union(representatives.current().order_by().filter(user=user).values("unit"), all=True))

    def with_readers(self) -> MemberUnitQuerySet:
        """Each with whom its letters go to: in four statements, however many there are."""
        colleague = self.model.organisation.field.related_model.colleagues.rel.related_model
        acting = Prefetch("organisation__colleagues", colleague.objects.filter(until=None).select_related("user"), to_attr="acting")
        return self.select_related("organisation__contact").prefetch_related(acting)

    def registered_on(self, day: date) -> MemberUnitQuerySet:
        """Those that the register named as members at the end of this day, whatever was registered or undone since."""
        kept = self.model.history.model.objects.filter(id=OuterRef("pk"), history_date__lt=clock.midnight(day + timedelta(days=1)))
        state_then = Subquery(kept.order_by("-history_date", "-history_id").values("state")[:1])
        return self.filter(admitted_on__lte=day).annotate(state_then=state_then).filter(state_then__in=RUNNING)

    def sitting_in(self, body: int, on: date | None = None) -> MemberUnitQuerySet:
        """Those that sit in a body, today or on a day."""
        seats = self.model.body_tenures.rel.related_model.objects.on_date(on or clock.today())
        return self.filter(Exists(seats.filter(body=body, unit=OuterRef("pk"))))

    def found_by(self, words: str) -> MemberUnitQuerySet:
        """Those that hold every one of `words`: in a name or former name, in either script or by initials; in a number; in a representative's name."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            listed = self.model.listing.related.related_model.objects.filter(holding(folded(word)))
            is_there = Q(pk__in=listed.values("unit"))
            if any(letter.isdigit() for letter in word):  # a number has figures, and a person none
                is_there |= Q(organisation__reg_no__icontains=word)
            else:
                persons = self.model.representatives.rel.related_model.objects.filter(name__contains=word)
                is_there |= Q(pk__in=persons.order_by().values("unit"))
            found = found.filter(is_there)
        return found

    def idle(self, since: datetime) -> MemberUnitQuerySet:
        """Members of whom nothing has been heard since: nobody of theirs signed in, came to a meeting, asked or told anything."""
        day = since.astimezone(clock.SHANGHAI).date()
        organisation = self.model.organisation.field.related_model
        colleagues = organisation.colleagues.rel.related_model.objects.filter(until=None, user__last_login__gte=since)
        return (
            self.running()
            .filter(admitted_on__lt=day)
            .exclude(Exists(colleagues.filter(organisation=OuterRef("organisation"))))
            .exclude(Exists(self.theirs("representatives", until=None, user__last_login__gte=since)))
            .exclude(Exists(self.theirs("attendances", signed_in_at__gte=since)))
            .exclude(Exists(self.theirs("changes", registered_at__gte=since)))
            .exclude(Exists(self.theirs("took_over", "successor", taken_at__gte=since)))
            .exclude(Exists(self.theirs("wishes", made_at__gte=since)))
            .exclude(Exists(self.theirs("body_tenures", begins_on__gte=day)))
        )

    def theirs(self, accessor: str, through: str = "unit", **found: Any) -> QuerySet:
        """Rows of one kind that belong to the unit which the outer query looks at."""
        return getattr(self.model, accessor).rel.related_model.objects.filter(**found, **{through: OuterRef("pk")})

    def lineage(self, units: Iterable[Model]) -> MemberUnitQuerySet:
        """`units` with all that they continue: what merged or split into them, and what their organisations were before; and so on back."""
        found: set[int] = set()
        latest = {unit.pk for unit in units}
        while latest:
            found |= latest
            went_in = Q(went_into__successor__in=latest, went_into__undone_at=None) | Q(readmitted_as__in=latest)
            latest = {*self.model.objects.filter(went_in).values_list("pk", flat=True)} - found
        return self.filter(pk__in=found)

    def last_of(self, organisation: Model) -> Model | None:
        """The membership that an organisation had last, if it is over."""
        return self.filter(organisation=organisation).exclude(ended_on=None).order_by("ended_on", "pk").last()
