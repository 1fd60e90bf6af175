"""Which ones, of batches and applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, NullIf

from alliance import locks
from alliance.channels.numbers import reachable
from alliance.history.models import Event, EventQuerySet, kind_of
from applications.choices import (
    COUNTING,
    OPEN,
    AssignmentState,
    Criterion,
    EnquiryState,
    InvitationState,
    JoinState,
    Paper,
    Reading,
    RecommendationState,
    State,
    Tie,
)
from members.querysets import reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

BATCHES = "the calendar of batches"


def weighted(scores: str, batch: str) -> Any:
    """The mean of the points of `scores`, 1 to 5: each criterion by what it weighs in the batch at the path `batch`."""
    named = (When(**{f"{scores}criterion": name}, then=F(f"{batch}__weight_{name}")) for name in Criterion.values)
    weight = Cast(Case(*named), FloatField())
    return Sum(F(f"{scores}points") * weight, output_field=FloatField()) / NullIf(Sum(weight), 0.0)


class BatchQuerySet(QuerySet):
    def hold_still(self) -> None:
        """Keep every deadline where it is until this transaction ends: for submitting; many may hold it at once."""
        locks.hold(BATCHES, shared=True)

    def hold_alone(self) -> None:
        """Wait for every submission under way, and keep new ones out: for closing a batch or moving its deadline."""
        locks.hold(BATCHES)

    def accepting(self, moment: datetime) -> QuerySet:
        """The batch that receives what is submitted at `moment`: opened at or before it, and not past its deadline."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=moment), opens_at__lte=moment)

    def ahead(self, moment: datetime) -> QuerySet:
        """Not open yet, the next first."""
        return self.filter(opens_at__gt=moment).order_by("number")

    def over(self, moment: datetime) -> QuerySet:
        """Past their deadline, the latest first."""
        return self.filter(closes_at__lte=moment).order_by("-number")

    def due(self, moment: datetime) -> QuerySet:
        """Past their deadline, and not closed yet."""
        return self.filter(closes_at__lte=moment, closed_at=None).order_by("number")

    def reviewed_by_experts(self) -> QuerySet:
        """Closed, and the experts review it."""
        return self.filter(expert_review=True, closed_at__isnull=False).order_by("number")

    def under_review(self) -> QuerySet:
        """With applications that are on their way, the oldest first."""
        return self.filter(applications__state__in=OPEN).distinct().order_by("number")

    def on_the_desk(self, moment: datetime) -> QuerySet:
        """The oldest with applications that are on their way; where there is none, the one that receives now."""
        applications = self.model.applications.rel.related_model.objects
        busy = Exists(applications.filter(batch=OuterRef("pk"), state__in=OPEN))
        receives = Q(pk__in=self.model.objects.accepting(moment).values("pk"))
        return self.annotate(is_busy=busy).filter(Q(is_busy=True) | receives).order_by("-is_busy", "number")

    def with_figures(self, user: Any = None) -> QuerySet:
        """Each with how many drafts, submissions and admissions it has; for branch staff, of what they see."""
        seen = Q()
        if reach_of(user) is not None:
            seen = Q(applications__in=self.model.applications.rel.related_model.objects.within_reach(user).values("pk"))
        return self.annotate(
            drafts=Count("applications", filter=seen & Q(applications__state=State.DRAFT)),
            received=Count("applications", filter=seen & Q(applications__submitted_at__isnull=False)),
            admitted=Count("applications", filter=seen & Q(applications__state=State.ADMITTED)),
        )


class AttachmentQuerySet(QuerySet):
    def running(self) -> AttachmentQuerySet:
        """Not taken away, in the order they were added."""
        return self.filter(removed_at=None).select_related("file").order_by("id")

    def in_version(self, version: Model | None) -> AttachmentQuerySet:
        """Those that a frozen version names."""
        named = [each["uuid"] for each in version.answers.get("attachments", [])] if version else []
        return self.filter(file__uuid__in=named).select_related("file").order_by("id")


class SealedCopyQuerySet(QuerySet):
    def running(self) -> SealedCopyQuerySet:
        """Not replaced by a later scan."""
        return self.filter(attachment__removed_at=None)

    def counting(self) -> SealedCopyQuerySet:
        """Those that stand for the seal on their version."""
        return self.running().filter(reading__in=COUNTING)

    def awaiting_eye(self) -> SealedCopyQuerySet:
        """Those that no machine could read."""
        return self.running().filter(reading=Reading.UNREAD)

    def to_look_at(self) -> SealedCopyQuerySet:
        """Those that wait for the clerk: of applications that are before the office, the oldest first."""
        return self.awaiting_eye().filter(application__state__in=[State.SUBMITTED, State.RESUBMITTED]).order_by("id")


class WriterQuerySet(QuerySet):
    def running(self) -> WriterQuerySet:
        """Who works on a draft today."""
        return self.filter(until=None)


class InvitationQuerySet(QuerySet):
    def open_to(self, addresses: Iterable[str], moment: datetime) -> InvitationQuerySet:
        """Those that whoever has confirmed one of `addresses` may take."""
        still = self.filter(state=InvitationState.OPEN, invited_at__gt=moment - self.model.STANDS)
        return still.filter(email__in=[address.lower() for address in addresses])


class JoinRequestQuerySet(QuerySet):
    def within_reach(self, user: Any) -> JoinRequestQuerySet:
        """All of them; for branch staff those for units and applications within it."""
        if reach_of(user) is None:
            return self
        units = self.model.organisation.field.related_model.objects.within_reach(user)
        applications = self.model.application.field.related_model.objects.within_reach(user)
        return self.filter(Q(organisation__in=units.values("pk")) | Q(application__in=applications.values("pk")))

    def to_decide(self) -> JoinRequestQuerySet:
        """Not decided yet, the oldest first."""
        return self.filter(state=JoinState.ASKED).order_by("id")

    def without_owner(self) -> JoinRequestQuerySet:
        """Those that nobody but the clerk can decide: whoever owned what is asked for has gone."""
        colleagues = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
        writers = self.model.application.field.related_model.writers.rel.related_model.objects
        owns = {"role": "owns", "until": None, "user__is_active": True}
        return self.filter(
            ~Exists(colleagues.filter(organisation=OuterRef("organisation"), **owns)),
            ~Exists(writers.filter(application=OuterRef("application"), **owns)),
        )

    def about(self, application: Model) -> JoinRequestQuerySet:
        """Those that ask for this application, or for its organisation."""
        asked = Q(application=application)
        return self.filter(asked | Q(organisation=application.organisation_id) if application.organisation_id else asked)


class ProposalQuerySet(QuerySet):
    def pending(self) -> ProposalQuerySet:
        """Neither released nor replaced."""
        return self.filter(replaced_at=None, decision=None)

    def counted(self) -> list[tuple[str, int]]:
        """How many of each outcome."""
        return list(self.order_by("outcome").values_list("outcome").annotate(count=Count("pk")))


class ObjectionQuerySet(QuerySet):
    def open(self) -> ObjectionQuerySet:
        """Not examined yet."""
        return self.filter(examined="open")


class EnquiryQuerySet(QuerySet):
    def within_reach(self, user: Any) -> EnquiryQuerySet:
        """All of them; for branch staff those that somebody asked who answers for an application within it."""
        if reach_of(user) is None:
            return self
        applications = self.model._meta.apps.get_model("applications", "Application").objects
        return self.filter(asked_by__in=applications.within_reach(user).values("applicant"))

    def open_to(self, user: Any) -> EnquiryQuerySet:
        """What somebody may read who knows its address: their own, and what was asked without an account, whose address is its key."""
        return self.filter(Q(asked_by=None) | Q(asked_by=user.pk)) if user.is_authenticated else self.filter(asked_by=None)

    def to_answer(self) -> EnquiryQuerySet:
        """Not answered yet, the one due first in front."""
        return self.filter(state=EnquiryState.ASKED).order_by("due_at", "id")

    def overdue(self, moment: datetime) -> EnquiryQuerySet:
        """Not answered, although the day for it is over."""
        return self.to_answer().filter(due_at__lte=moment)


class RecommendationQuerySet(QuerySet):
    def open(self) -> RecommendationQuerySet:
        """Asked for, and not answered yet."""
        return self.filter(state=RecommendationState.ASKED)

    def confirmed(self) -> RecommendationQuerySet:
        """Those that a recommender stands by, the latest first."""
        return self.filter(state=RecommendationState.CONFIRMED).order_by("-id")


class DutyExceptionQuerySet(EventQuerySet):
    def of_applications(self, user: Any) -> DutyExceptionQuerySet:
        """Those on applications that `user` of the office sees, each with its application's number."""
        application = self.model._meta.apps.get_model("applications", "Application")
        seen = application.objects.within_reach(user)
        number = Subquery(application.objects.filter(pk=OuterRef("thing_id")).values("number"))
        return self.filter(kind=application._meta.label_lower, thing_id__in=seen.order_by().values("pk")).annotate(number=number)


class HandlingQuerySet(QuerySet):
    def running(self) -> HandlingQuerySet:
        """Not let go or handed on; the application may have moved on since."""
        return self.filter(until=None)

    def in_force(self) -> HandlingQuerySet:
        """Running, and the application is still in the state it was taken up in."""
        return self.running().filter(state=F("application__state"))


class NoteQuerySet(QuerySet):
    def readable_in_office(self, user: Model) -> NoteQuerySet:
        """Those about what the secretariat sees, but for applications to which `user` is a party."""
        applications = self.model.application.field.related_model.objects
        return self.filter(application__in=applications.visible_in_office(user).not_concerning(user).values("pk"))

    def with_number(self, mobile: str) -> list[Model]:
        """Telephone notes of calls with this number, however it was written; the oldest first."""
        calls = self.exclude(telephone="").filter(telephone__contains=mobile[-2:]).select_related("application").order_by("id")
        return [each for each in calls if reachable(each.telephone) == mobile]


class OnBehalfQuerySet(QuerySet):
    def to_claim(self, digest: str, moment: datetime) -> OnBehalfQuerySet:
        """What the code of this digest takes over, while it holds."""
        return self.filter(code_digest=digest, code_until__gt=moment, claimed_at=None)


class FrequentQuestionQuerySet(QuerySet):
    def shown_in(self, language: str) -> FrequentQuestionQuerySet:
        """What everybody reads in `language`, in the office's order."""
        return self.filter(is_shown=True, language=language).order_by("position", "id")


class ConsentTextQuerySet(QuerySet):
    def in_force(self, language: str) -> ConsentTextQuerySet:
        """The last version of each declaration's text in `language`."""
        later = self.model.objects.filter(
            declaration=OuterRef("declaration"), language=OuterRef("language"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later), language=language)

    def next_version(self, declaration: str, language: str) -> int:
        """What the next version of this text is numbered, 1 at first."""
        return (self.filter(declaration=declaration, language=language).aggregate(last=Max("version"))["last"] or 0) + 1


class RequiredPaperQuerySet(QuerySet):
    def of_unit(self, jurisdiction: str, unit_type: str) -> RequiredPaperQuerySet:
        """The lines that speak of such a unit."""
        return self.filter(jurisdiction__in=["", jurisdiction], unit_type__in=["", unit_type]).order_by("-is_must", "id")

    def demanded(self) -> RequiredPaperQuerySet:
        """Without which nothing is submitted; the sealed form may follow."""
        return self.filter(is_must=True).exclude(paper=Paper.SEALED_FORM)


class ConflictQuerySet(QuerySet):
    def running(self) -> ConflictQuerySet:
        """Not ended."""
        return self.filter(ended_at=None)


class AssignmentQuerySet(QuerySet):
    def held(self) -> AssignmentQuerySet:
        """Confirmed and not given up: to be reviewed, or reviewed."""
        return self.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.REVIEWED])

    def standing(self) -> AssignmentQuerySet:
        """Held, or proposed: what fills a place."""
        return self.filter(state__in=[AssignmentState.PROPOSED, AssignmentState.ASSIGNED, AssignmentState.REVIEWED])

    def proposed(self) -> AssignmentQuerySet:
        return self.filter(state=AssignmentState.PROPOSED)

    def outstanding(self) -> AssignmentQuerySet:
        """Confirmed, and no sheet handed in, of applications that the experts still have before them."""
        return self.filter(state=AssignmentState.ASSIGNED, application__state=State.SCREENED, application__batch=F("batch"))

    def seen_by(self, expert: Any) -> AssignmentQuerySet:
        """An expert's own, without those of applications that they may not see."""
        seen = self.model.application.field.related_model.objects.for_expert(expert)
        return self.held().filter(expert=expert, application__in=seen.values("pk"), application__batch=F("batch"))

    def for_steps(self) -> AssignmentQuerySet:
        """Locked, with what its steps look at."""
        return self.select_related("application__batch", "batch", "expert__user", "expert__organisation").select_for_update(of=("self",))


class ReviewQuerySet(QuerySet):
    def counting(self) -> ReviewQuerySet:
        """Handed in, and not taken out of account since."""
        return self.exclude(handed_in_at=None).filter(assignment__state=AssignmentState.REVIEWED)


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

        The same as `rules.untouched` says of one application.
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
        """Each with what the formal check found."""
        return self.select_related("batch").prefetch_related("findings")

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

    def passed_deliberation(self) -> ApplicationQuerySet:
        """Passed by the deciding body, and not approved yet: to be published, published, or objected to."""
        return self.filter(state__in=[State.DELIBERATED, State.PUBLICITY, State.OBJECTION])
