"""Which ones, of applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, FloatField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, NullIf

from alliance.history.models import Event, kind_of
from applications.choices import OPEN, AssignmentState, Criterion, State, Tie
from members.querysets import reach_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model


def weighted(scores: str, batch: str) -> Any:
    """The mean of the points of `scores`, 1 to 5: each criterion by what it weighs in the batch at the path `batch`."""
    named = (When(**{f"{scores}criterion": name}, then=F(f"{batch}__weight_{name}")) for name in Criterion.values)
    weight = Cast(Case(*named), FloatField())
    return Sum(F(f"{scores}points") * weight, output_field=FloatField()) / NullIf(Sum(weight), 0.0)


class ApplicationQuerySet(QuerySet):
    def of(self, user: Model) -> ApplicationQuerySet:
        """Those that `user` may open as an applicant: drafts that they write, and what belongs to an organisation for which they act today.

        In the office as well what they entered for a unit that has not taken it over.
        """
        writer = self.model.writers.rel.related_model.objects.running().filter(application=OuterRef("pk"), user=user)
        colleague = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
        acting = colleague.filter(organisation=OuterRef("organisation"), user=user, until=None)
        theirs = Q(organisation=None) | Q(on_behalf__isnull=False, on_behalf__claimed_at=None)
        return self.filter((theirs & Exists(writer)) | Exists(acting))

    def with_tie(self, expert: Any) -> ApplicationQuerySet:
        """Each with `tie`: why `expert` sees nothing of it, nothing where they may. This is the one place that says what a conflict of interest is."""
        whens = [When(condition, then=Value(tie.value)) for tie, condition in self.ties(expert)]
        return self.annotate(tie=Case(*whens, default=Value(""), output_field=CharField()))

    def ties(self, expert: Any) -> list[tuple[Tie, Q]]:
        """What ties an application to an expert: a conflict on file, their unit, its host, their name, their account."""
        conflicts = self.model.organisation.field.related_model.conflicts.rel.related_model.objects.running().filter(expert=expert)
        organisations = conflicts.values("organisation")
        found = [(Tie.NOTED, Q(organisation__in=organisations) | Q(organisation__host__in=organisations))]
        if unit := expert.organisation:
            hosted = Q(organisation__host=unit) | Q(pk__in=self.hosted_by_number(unit)) | Q(organisation__hosted=unit)
            found += [(Tie.OWN, Q(organisation=unit)), (Tie.HOST, hosted)]
        found.append((Tie.NAMESAKE, Q(legal_representative=expert.name)))
        return [*found, (Tie.PARTY, self.party(expert))]

    def hosted_by_number(self, unit: Any) -> ApplicationQuerySet:
        """Those that name `unit` as their host, which is written down as such only when they are admitted."""
        return self.model.objects.filter(host_no=unit.reg_no).exclude(host_no="").values("pk")

    def party(self, expert: Any) -> Q:
        """Named by an address of the expert's, or applied for, or acted for, by their account."""
        addresses = {address.lower() for address in (expert.email, expert.user.email if expert.user else "") if address}
        found = Q(pk__in=[])
        for address in sorted(addresses):
            found |= Q(representative_email__iexact=address) | Q(contact_email__iexact=address)
        if user := expert.user:
            colleague = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
            acting = colleague.filter(user=user, until=None).values("organisation")
            unit = self.model.unit.field.related_model
            speaking = unit.objects.filter(representatives__user=user, representatives__until=None).values("organisation")
            found |= Q(applicant=user) | Q(organisation__in=acting) | Q(organisation__in=speaking)
        return found

    def clear_of(self, expert: Any) -> ApplicationQuerySet:
        """Those that nothing ties to `expert`."""
        return self.with_tie(expert).filter(tie="")

    def for_expert(self, expert: Any) -> ApplicationQuerySet:
        """What an expert sees, and nothing else anywhere: assigned to them in the batch that reviews it, or before the panel they lead; not decided, and clear of them."""
        assignments = self.model.assignments.rel.related_model.objects.held().filter(expert=expert)
        assigned = Exists(assignments.filter(application=OuterRef("pk"), batch=OuterRef("batch")))
        under_review = self.filter(state__in=[State.SCREENED, State.EXPERT_REVIEWED])
        return under_review.filter(Q(assigned) | Q(batch__panel__leader=expert)).clear_of(expert)

    def awaiting_experts(self) -> ApplicationQuerySet:
        """Passed by the preliminary review, and not concluded by the experts."""
        return self.filter(state=State.SCREENED)

    def reviewed(self) -> ApplicationQuerySet:
        """With a sheet that counts, or the word of a panel, in the batch they are in."""
        assignments = self.model.assignments.rel.related_model.objects
        sheets = assignments.filter(state=AssignmentState.REVIEWED, application=OuterRef("pk"), batch=OuterRef("batch"))
        groups = self.model.group_opinions.rel.related_model.objects.filter(application=OuterRef("pk"), panel__batch=OuterRef("batch"))
        return self.filter(Exists(sheets) | Exists(groups))

    def on_the_way_to_experts(self) -> ApplicationQuerySet:
        """Submitted, and not through the preliminary review yet."""
        return self.filter(state__in=[State.SUBMITTED, State.CORRECTION, State.RESUBMITTED, State.ACCEPTED])

    def for_steps(self) -> ApplicationQuerySet:
        """Locked, with its batch, its applicant and how it came in, which nearly every step asks for."""
        return self.select_related("batch", "applicant", "on_behalf").select_for_update(of=("self",))

    def visible_in_office(self, user: Any) -> ApplicationQuerySet:
        """What `user` of the secretariat sees: a draft is nobody's but the applicant's, and branch staff see their branch's."""
        return self.exclude(submitted_at=None).exclude(state=State.DRAFT).within_reach(user)

    def within_reach(self, user: Any) -> ApplicationQuerySet:
        """Those of the whole alliance; for branch staff those of units in its region, and those that have the branch in mind."""
        reach = reach_of(user)
        if reach is None:
            return self
        chosen = Q(pk__in=())
        for branch in reach.branches:
            chosen |= Q(groups_wanted__icontains=f'"{branch.uuid}"')
        return self.filter(reach.of_place("region") | chosen)

    def in_hand_of(self, user: Model) -> ApplicationQuerySet:
        """Those that `user` has taken up, and that have not moved on since."""
        return self.filter(handlings__by=user, handlings__until=None, handlings__state=F("state"))

    def left_to(self, user: Model) -> ApplicationQuerySet:
        """Those that nobody but `user` has in hand."""
        handlings = self.model.handlings.rel.related_model.objects.in_force()
        return self.filter(~Exists(handlings.filter(application=OuterRef("pk")).exclude(by=user)))

    def with_hand(self) -> ApplicationQuerySet:
        """Each with `hand`: the name of whoever has it in hand, if anybody."""
        handlings = self.model.handlings.rel.related_model.objects.in_force()
        return self.annotate(hand=Subquery(handlings.filter(application=OuterRef("pk")).values("by__name")))

    def not_concerning(self, user: Model) -> ApplicationQuerySet:
        """Those to which `user` is no party: neither applicant, nor named, nor acting for the unit."""
        colleague = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
        named = Q(representative_email__iexact=user.email) | Q(contact_email__iexact=user.email)
        entered = Q(on_behalf__isnull=False, on_behalf__claimed_at=None)
        acting = Exists(colleague.filter(organisation=OuterRef("organisation"), user=user, until=None))
        return self.exclude(named).exclude(acting).filter(~Q(applicant=user) | entered)

    def handed_in_scores(self) -> QuerySet:
        """The points on the sheets handed in for each one's batch."""
        scores = self.model.assignments.rel.related_model.review.related.related_model.scores.rel.related_model.objects
        its = {"review__assignment__application": OuterRef("pk"), "review__assignment__batch": OuterRef("batch")}
        return scores.filter(review__handed_in_at__isnull=False, **its).order_by()

    def with_average(self) -> ApplicationQuerySet:
        """Each with `average`, 1 to 5: the weighted mean of the points handed in; nothing where there is no sheet."""
        points = self.handed_in_scores().values("review__assignment__application")
        mean = points.annotate(mean=weighted("", "review__assignment__batch"))
        return self.annotate(average=Subquery(mean.values("mean"), output_field=FloatField()))

    def with_spread(self) -> ApplicationQuerySet:
        """Each with `spread`: how far the sheets lie apart, from the lowest mean to the highest."""
        reviews = self.model.assignments.rel.related_model.review.related.related_model.objects
        its = reviews.filter(handed_in_at__isnull=False, assignment__application=OuterRef("pk"), assignment__batch=OuterRef("batch"))
        means = its.annotate(mean=weighted("scores__", "assignment__batch"))
        highest, lowest = (Subquery(means.order_by(order).values("mean")[:1], output_field=FloatField()) for order in ("-mean", "mean"))
        return self.annotate(spread=highest - lowest)

    def free_for(self, user: Model, *barred: str) -> ApplicationQuerySet:
        """Those in which `user` is no party, and on which they have taken none of the steps `barred`: what the desk offers them.

        The same as `rules.Separated` says of one application.
        """
        acting = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
        theirs = acting.filter(organisation=OuterRef("organisation"), user=user, until=None)
        taken = Event.objects.filter(kind=kind_of(self.model), thing_id=OuterRef("pk"), actor=user, step__in=barred)
        named = Q(representative_email__iexact=user.email) | Q(contact_email__iexact=user.email)
        entered = Q(on_behalf__entered_by=user)
        applies = Q(applicant=user) & (Q(on_behalf=None) | Q(on_behalf__claimed_at__isnull=False))
        return self.exclude(named | entered | applies).filter(~Exists(theirs), ~Exists(taken))

    def due_first(self) -> ApplicationQuerySet:
        """Whose limit ends first in front; those without one last."""
        return self.order_by(F("due_at").asc(nulls_last=True), "id")

    def awaiting_check(self) -> ApplicationQuerySet:
        return self.filter(state__in=[State.SUBMITTED, State.RESUBMITTED])

    def awaiting_screening(self) -> ApplicationQuerySet:
        return self.filter(state=State.ACCEPTED)

    def awaiting_deliberation(self) -> ApplicationQuerySet:
        return self.filter(state__in=[State.SCREENED, State.EXPERT_REVIEWED])

    def with_papers_of_meeting(self) -> ApplicationQuerySet:
        """Each with what the formal check found, its mean score, and what experts and panel said of it."""
        assignments = self.model.assignments.rel.related_model.objects.select_related("review").order_by("id")
        found = self.with_average().select_related("batch")
        return found.prefetch_related("findings", "group_opinions__panel", Prefetch("assignments", assignments))

    def before_the_meeting(self) -> ApplicationQuerySet:
        """Whatever may get an outcome: ready for the meeting, or accepted and only to be deferred."""
        return self.filter(state__in=[State.ACCEPTED, State.SCREENED, State.EXPERT_REVIEWED])

    def with_pending(self) -> ApplicationQuerySet:
        """Each with the outcome that is pending for it, in one question more."""
        return self.prefetch_related(Prefetch("proposals", self.model.proposals.rel.related_model.objects.pending(), to_attr="pending"))

    def without_proposal(self) -> ApplicationQuerySet:
        """For which no outcome is pending."""
        pending = self.model.proposals.rel.related_model.objects.pending()
        return self.filter(~Exists(pending.filter(application=OuterRef("pk"))))

    def awaiting_approval(self, moment: datetime) -> ApplicationQuerySet:
        """Through their public notice period without an objection."""
        return self.filter(state=State.PUBLICITY, publicity_until__lte=moment)

    def publicity_ending(self, horizon: datetime) -> ApplicationQuerySet:
        """In their public notice period, which ends before `horizon`; what is over already waits for approval."""
        return self.filter(state=State.PUBLICITY, publicity_until__lte=horizon)

    def by_station(self) -> dict[str, Any]:
        """How many stand at each station of the review, and the limit that ends first there."""
        stations = {
            "check": [State.SUBMITTED, State.RESUBMITTED],
            "correction": [State.CORRECTION],
            "screen": [State.ACCEPTED],
            "deliberate": [State.SCREENED, State.EXPERT_REVIEWED],
            "publicity": [State.DELIBERATED, State.PUBLICITY, State.OBJECTION],
            "approved": [State.APPROVED],
            "admitted": [State.ADMITTED],
        }
        counts = {name: Count("pk", filter=Q(state__in=states)) for name, states in stations.items()}
        limits = {f"{name}_due": Min("due_at", filter=Q(state__in=states)) for name, states in stations.items()}
        return self.aggregate(**counts, **limits, publicity_until=Min("publicity_until", filter=Q(state=State.PUBLICITY)))

    def drafts_of(self, user: Model, jurisdiction: str, reg_no: str) -> ApplicationQuerySet:
        """What `user` is writing under this number; one at most."""
        return self.filter(state=State.DRAFT, applicant=user, jurisdiction=jurisdiction, reg_no=reg_no)

    def begun_by_others(self, user: Model, jurisdiction: str, reg_no: str) -> ApplicationQuerySet:
        """Drafts under this number that `user` does not write, the oldest first."""
        writer = self.model.writers.rel.related_model.objects.running().filter(application=OuterRef("pk"), user=user)
        return self.filter(~Exists(writer), state=State.DRAFT, jurisdiction=jurisdiction, reg_no=reg_no).order_by("id")

    def begun_without_number(self, user: Model) -> ApplicationQuerySet:
        """Drafts of an alliance by contract that `user` has begun and not named yet."""
        return self.filter(state=State.DRAFT, applicant=user, reg_no__startswith="LM-", name="")

    def closing_drafts(self, horizon: datetime) -> ApplicationQuerySet:
        """Drafts whose batch closes before `horizon`, with what a letter about them says."""
        drafts = self.filter(state=State.DRAFT, batch__closes_at__lte=horizon, batch__closed_at=None)
        said = ("uuid", "number", "name", "reg_no", "state", "due_at", "contact_email", "contact_phone", "batch")
        starter = ("applicant__email", "applicant__mobile", "applicant__language", "on_behalf__claimed_at")
        return drafts.only(*said, *starter).select_related("applicant", "on_behalf").prefetch_related("batch")

    def untouched(self, since: datetime) -> ApplicationQuerySet:
        """Drafts that nobody has changed since then."""
        return self.filter(state=State.DRAFT, saved_at__lte=since).select_related("applicant", "batch", "on_behalf")

    def corrections_due(self, horizon: datetime) -> ApplicationQuerySet:
        """Corrections asked for and due before `horizon`."""
        return self.filter(state=State.CORRECTION, due_at__lte=horizon).select_related("applicant", "on_behalf")

    def awaiting_review(self) -> ApplicationQuerySet:
        """At the office: to be checked or screened."""
        return self.awaiting_check() | self.awaiting_screening()

    def counted_before(self, edition: int, moment: datetime) -> QuerySet:
        """Whose running limit was counted by an earlier edition of the table of working days."""
        running = Q(state=State.PUBLICITY, publicity_until__gt=moment) | Q(due_at__gt=moment)
        return self.filter(running, due_from__isnull=False, due_edition__lt=edition).order_by("pk")

    def lapsing(self, moment: datetime) -> ApplicationQuerySet:
        """Corrections whose time is over."""
        return self.filter(state=State.CORRECTION, due_at__lte=moment)

    def without_extension(self, moment: datetime) -> ApplicationQuerySet:
        """Those that have no longer deadline than everybody."""
        longer = self.model.extensions.rel.related_model.objects.filter(application=OuterRef("pk"), until__gt=moment)
        return self.filter(~Exists(longer))

    def running(self) -> ApplicationQuerySet:
        """Drafts, and what is submitted and not ended."""
        return self.filter(state__in=[State.DRAFT, *OPEN])

    def seals_due(self, horizon: datetime) -> ApplicationQuerySet:
        """Submitted without the sealed form, which is due before `horizon`; a scan that waits for the clerk is not asked for again."""
        return self.filter(state__in=[State.SUBMITTED, State.RESUBMITTED], seal_due_at__lte=horizon).exclude(Exists(self.waiting_scans()))

    def waiting_scans(self) -> QuerySet:
        """The scans of each that wait for the clerk's eye."""
        copies = self.model.sealed_copies.rel.related_model.objects
        return copies.awaiting_eye().filter(application=OuterRef("pk"))

    def under_way(self) -> ApplicationQuerySet:
        """Submitted, and not ended."""
        return self.filter(state__in=OPEN)

    def in_publicity(self) -> ApplicationQuerySet:
        return self.filter(state__in=[State.PUBLICITY, State.OBJECTION])

    def published(self) -> ApplicationQuerySet:
        """The public list: every unit in its public notice period, by batch."""
        return self.in_publicity().select_related("batch").order_by("-batch__number", "publicity_until", "number")

    def once_published(self) -> ApplicationQuerySet:
        """Published, and not refused since on an objection: what the public lists of a batch said, in their order."""
        return self.filter(state__in=[State.PUBLICITY, State.OBJECTION, State.APPROVED, State.ADMITTED]).order_by(
            "publicity_from", "number"
        )

    def passed_deliberation(self) -> ApplicationQuerySet:
        """Passed by the deciding body, and not approved yet: to be published, published, or objected to."""
        return self.filter(state__in=[State.DELIBERATED, State.PUBLICITY, State.OBJECTION])
