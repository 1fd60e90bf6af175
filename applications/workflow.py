"""What can happen to an application: from the first draft to the member unit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.forms import keep
from alliance.numbering.models import take
from alliance.workflow import Actor, Refused, Workflow
from applications import claiming, duplicates, limits, notices, rules, sealing
from applications.choices import OPENS, Defect, Examined, Ground, Intent, Outcome, State
from applications.models import Application, Batch, Decision, Finding, Objection
from applications.models.answers import PERSONAL
from applications.models.decision import is_on
from applications.models.version import hand_in, stamp
from applications.notices import objections
from members import workflow as membership
from members.choices import VerifiedBy, WishKind
from members.identifiers import check, normalise
from members.models import Body, Resolution, Verification
from members.models.profile import DESCRIBES

if TYPE_CHECKING:
    from datetime import date

    from alliance.files.checking import Checked

CHECK_DAYS = 5  # working days to tell every defect at once (Administrative Licensing Law, article 32)
SCREENING_DAYS = CORRECTION_DAYS = 10  # working days, the custom of comparable associations
MOST_CORRECTIONS = 2

workflow = Workflow(State)
CHECKABLE = (State.SUBMITTED, State.RESUBMITTED)
DECIDABLE = (State.SCREENED, State.EXPERT_REVIEWED)
WITHDRAWABLE = (State.DRAFT, *CHECKABLE, State.CORRECTION, State.ACCEPTED, *DECIDABLE, State.DEFERRED)

KEPT = timedelta(days=180)  # how long a draft is kept that nobody touches


def hold_the_deadline(application: Application) -> None:
    Batch.objects.hold_still()


@workflow.step(
    _("Submit"), State.DRAFT, to=State.SUBMITTED, allow=rules.may_submit, tone="go", lock=hold_the_deadline, clash=claiming.NOT_FROM_HERE
)
def submit(application: Application, *, by: Actor, seen: str = "") -> None:
    """The organisation applies: what it says is frozen, and counts for the batch that is open at this instant."""
    now = clock.now()  # read while the deadline is held: what is submitted before it is recorded before it
    refuse_unseen(application, seen)
    refuse_gaps(application)
    application.reg_no = normalise(application.reg_no)
    refuse_number(application)
    application.organisation = claiming.claim(application, by)
    duplicates.leave(application.organisation, duplicates.of_application(application))
    application.batch = limits.receiving(application, now)
    application.submitted_at = now
    limits.give(application, CHECK_DAYS)
    year = now.astimezone(clock.SHANGHAI).year
    application.number = application.number or f"SQ{year}-{take(f'application {year}'):04d}"
    sealing.expect(application, hand_in(application, by=by))
    notices.submitted(application)
    offer(application)


def offer(application: Application) -> None:
    """The unit is told how to take over what the office entered for it."""
    if application.is_entered:
        code = application.entry.renew()
        application.entry.save(update_fields=["code_digest", "code_until"])
        notices.to_take_over(application.entry, code)


def refuse_unseen(application: Application, seen: str) -> None:
    """What is submitted is what was on the page; a colleague may have changed something since, or the page be an old one."""
    if seen and seen != stamp(application):
        raise Refused(_("Something has changed since you opened this page: nothing was submitted. Please look at it again."))


def refuse_gaps(application: Application) -> None:
    if application.gaps:
        raise Refused(_("Something is still missing: please complete the sections that are marked."))


def refuse_number(application: Application) -> None:
    """However it came into the draft: what cannot be a number of its jurisdiction is not submitted."""
    try:
        check(application.jurisdiction, application.reg_no)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong


@workflow.step(_("Accept"), *CHECKABLE, to=State.ACCEPTED, allow=rules.may_check, tone="go")
def accept(application: Application, *, by: Actor) -> None:
    """The formal check found everything in order; the number is verified against the certificate."""
    sealing.refuse_unsealed(application)
    limits.give(application, SCREENING_DAYS)
    Verification.objects.create(organisation=application.organisation, on=clock.today(), by=by, way=VerifiedBy.CERTIFICATE)
    notices.accepted(application)


@workflow.step(_("Return for correction"), *CHECKABLE, to=State.CORRECTION, allow=rules.may_check)
def return_for_correction(
    application: Application, *, by: Actor, defects: list[str], words: str, places: list[dict[str, str]] | None = None
) -> None:
    """Every defect is told at once, with a date; at most twice. Only the fields and papers that are named open again."""
    if application.corrections >= MOST_CORRECTIONS:
        raise Refused(_("It was returned twice already: accept it, or do not accept it."))
    application.corrections += 1
    limits.give(application, CORRECTION_DAYS)
    codes = [Defect(code).value for code in defects]
    places = places or [{"code": code, "field": name, "words": ""} for code in codes for name in OPENS[Defect(code)]]
    found(application, by, defects=codes, places=places, words=words, due_at=application.due_at)
    notices.correction_asked(application, places, words)


def found(application: Application, by: Actor, **said: object) -> None:
    """Keep what the formal check found, against the version it looked at: the notice on paper says it again."""
    Finding.objects.create(application=application, version=application.version, found_by=by, **said)


@workflow.step(_("Do not accept"), *CHECKABLE, to=State.NOT_ACCEPTED, allow=rules.may_check, tone="stop")
def decline(application: Application, *, by: Actor, ground: str, reason: str) -> None:
    """The organisation cannot be accepted for review, on a ground of the code list."""
    limits.end(application)
    found(application, by, ground=ground, words=reason)
    notices.not_accepted(application, reason, Ground(ground).label)


@workflow.step(_("Submit the correction"), State.CORRECTION, to=State.RESUBMITTED, allow=rules.may_submit, tone="go")
def resubmit(application: Application, *, by: Actor, seen: str = "") -> None:
    """The corrected answers are frozen as a further version."""
    refuse_unseen(application, seen)
    refuse_gaps(application)
    limits.give(application, CHECK_DAYS)
    duplicates.leave(application.organisation, duplicates.of_application(application))
    sealing.expect(application, hand_in(application, by=by))
    notices.resubmitted(application)


@workflow.step(_("Move for want of the sealed form"), State.SUBMITTED, to=State.SUBMITTED, allow=rules.is_timetable, lock=hold_the_deadline)
def miss_seal(application: Application, *, by: Actor) -> None:
    """No sealed form came in time: the application stands, and counts for the batch that is open now."""
    sealing.refuse_early(application)
    before, application.batch = application.batch, Batch.objects.accepting(clock.now()).get()
    application.seal_due_at = sealing.due(application)
    limits.give(application, CHECK_DAYS)
    notices.seal_missed(application, before)


@workflow.step(_("Let lapse"), State.CORRECTION, to=State.LAPSED, allow=rules.is_timetable, tone="stop")
def lapse(application: Application, *, by: Actor) -> None:
    """The correction did not come in time; the organisation may apply again."""
    if application.due_at > clock.now():
        raise Refused(_("The time for correction is not over."))
    limits.end(application)
    notices.lapsed(application)


@workflow.step(_("Pass preliminary review"), State.ACCEPTED, to=State.SCREENED, allow=rules.may_screen, tone="go")
def screen(application: Application, *, by: Actor, opinion: str) -> None:
    """The officer finds the conditions of the notice met, and says why; it is ready for deliberation."""
    limits.end(application)
    application.screening_opinion, application.experts_opinion = opinion, ""


@workflow.step(_("Conclude expert review"), State.SCREENED, to=State.EXPERT_REVIEWED, allow=rules.may_conclude)
def conclude_reviews(application: Application, *, by: Actor, opinion: str) -> None:
    """The experts' opinion is put before the meeting. Whoever still has the sheet hands it in first, or it is taken back."""
    if application.assignments.outstanding().exists():
        raise Refused(_("Sheets are still outstanding: wait for them, or take them back first."))
    application.experts_opinion = opinion


@workflow.step(_("Record as passed"), *DECIDABLE, to=State.DELIBERATED, allow=rules.may_conduct, tone="go")
def deliberate(application: Application, *, by: Actor, resolution: Resolution) -> None:
    """The deciding body passed it."""
    decide(application, by, resolution, Outcome.PASSED)


@workflow.step(_("Record as not passed"), *DECIDABLE, to=State.REJECTED, allow=rules.may_conduct, tone="stop")
def reject(application: Application, *, by: Actor, resolution: Resolution, ground: str, reason: str) -> None:
    """The deciding body did not pass it; the organisation may apply again."""
    decide(application, by, resolution, Outcome.REJECTED, ground=ground, reason=reason)
    notices.rejected(application, reason, Ground(ground).label)


@workflow.step(_("Defer to the next batch"), State.ACCEPTED, *DECIDABLE, to=State.DEFERRED, allow=rules.may_conduct, lock=hold_the_deadline)
def defer(application: Application, *, by: Actor, resolution: Resolution, reason: str) -> None:
    """The deciding body wants to see it again: it keeps its number and its history, and moves to the batch now open."""
    decide(application, by, resolution, Outcome.DEFERRED, reason=reason)
    application.batch = Batch.objects.accepting(clock.now()).get()
    notices.deferred(application, reason)


def decide(application: Application, by: Actor, resolution: Resolution, outcome: Outcome, *, ground: str = "", reason: str = "") -> None:
    """Write the decision down against the version that was before the meeting; what was passed needs a resolution that passed."""
    if not application.batch.is_closed:
        raise Refused(_("The batch is still open: it is decided together, after its deadline."))
    if resolution.meeting.assembly != application.batch.deciding_body:
        raise Refused(_("The resolution is not one of the body that decides this batch."))
    if not is_on(resolution, application.batch):
        raise Refused(
            _("The resolution is not one on this batch: its meeting was held before the batch closed, or it decided something else.")
        )
    if outcome == Outcome.PASSED and not resolution.passed:
        raise Refused(_("The resolution did not pass: there was no quorum, or there were too few votes."))
    limits.end(application)
    Decision.objects.create(
        application=application,
        version=application.version,
        resolution=resolution,
        batch=application.batch,
        outcome=outcome,
        ground=ground,
        reason=reason,
        recorded_by=by,
    )


@workflow.step(_("Take up again"), State.DEFERRED, to=State.ACCEPTED, allow=rules.may_conduct)
def revive(application: Application, *, by: Actor) -> None:
    """A deferred application is reviewed again, in its new batch."""
    limits.give(application, SCREENING_DAYS)


@workflow.step(_("Begin public notice"), State.DELIBERATED, to=State.PUBLICITY, allow=rules.may_conduct, tone="go")
def publicise(application: Application, *, by: Actor) -> None:
    """The unit stands on the published list for the batch's number of working days; anyone may object, in writing and by name."""
    limits.publish(application)
    notices.publicised(application)


@workflow.step(_("Record an objection"), State.PUBLICITY, State.OBJECTION, to=State.OBJECTION, allow=rules.may_conduct)
def object_to(
    application: Application,
    *,
    by: Actor,
    name: str,
    affiliation: str,
    telephone: str,
    email: str,
    received_on: date,
    words: str,
    papers: list[Checked],
) -> None:
    """An objection came in, named and in writing; the clock of this unit alone stops until each is examined."""
    who = {"name": name, "affiliation": affiliation, "telephone": telephone, "email": email}
    objection = Objection.objects.create(application=application, noted_by=by, received_on=received_on, words=words, **who)
    for paper in papers:
        keep(paper, about=objection, by=by)
    limits.end(application)
    objections.objection_received(objection)


@workflow.step(_("Objection unfounded"), State.OBJECTION, to=State.PUBLICITY, allow=rules.may_conduct, tone="go")
def resolve_objection(application: Application, *, by: Actor, reason: str) -> None:
    """Every objection was examined and found unfounded; the notice goes on for the working days that were left."""
    limits.resume(application)
    examine(application, Examined.UNFOUNDED, reason)


@workflow.step(_("Objection upheld"), State.OBJECTION, to=State.REJECTED, allow=rules.may_approve, tone="stop")
def uphold_objection(application: Application, *, by: Actor, resolution: Resolution, reason: str) -> None:
    """The deciding body takes back what it passed."""
    decide(application, by, resolution, Outcome.REJECTED, ground=Ground.J09, reason=reason)
    examine(application, Examined.UPHELD, reason)
    notices.rejected(application, reason, Ground.J09.label)


def examine(application: Application, result: Examined, finding: str) -> None:
    """Whoever objected is told what became of it, where there is an address."""
    for objection in application.objections.open():
        objection.examined, objection.finding, objection.examined_at = result, finding, clock.now()
        objection.save(update_fields=["examined", "finding", "examined_at"])
        objections.objection_examined(objection)


@workflow.step(_("Approve"), State.PUBLICITY, to=State.APPROVED, allow=rules.may_approve, tone="go")
def approve(application: Application, *, by: Actor) -> None:
    """The secretary-general approves, after the public notice period has passed without an objection upheld."""
    if clock.now() < application.publicity_until:
        raise Refused(_("The public notice period is not over yet."))


@workflow.step(_("Admit"), State.APPROVED, to=State.ADMITTED, allow=rules.may_admit, tone="go")
def admit(application: Application, *, by: Actor) -> None:
    """The alliance takes the organisation in: a member unit begins today."""
    organisation = application.organisation
    membership.keep_former_name(organisation, application.name)
    for name in DESCRIBES:
        setattr(organisation, name, getattr(application, name))
    organisation.host = claiming.host_of(application)
    organisation.save()
    application.unit = membership.admit(
        organisation,
        on=clock.today(),
        by=by,
        representative=application.representative_name,
        post=application.representative_post,
        user=claiming.person_with(application.representative_email, application),
    )
    note_wishes(application)
    notices.admitted(application, application.unit)


def note_wishes(application: Application) -> None:
    """What the unit would like to do becomes the office's work list: to join what it named; to host it, or the secretariat, where it means to help run the alliance."""
    chosen = Body.objects.to_join().filter(uuid__in=application.groups_wanted)
    membership.wish(application.unit, WishKind.JOIN, chosen)
    if application.intent == Intent.OPERATE:
        membership.wish(application.unit, WishKind.HOST, [*Body.objects.secretariat(), *chosen.branches()])


@workflow.step(_("Withdraw"), *WITHDRAWABLE, to=State.WITHDRAWN, allow=rules.may_submit, tone="stop")
def withdraw(application: Application, *, by: Actor) -> None:
    """The organisation takes its application back, any time before it is decided; it may apply again."""
    limits.end(application)
    if application.number:
        notices.withdrawn(application)


@workflow.step(_("Take it up again"), State.WITHDRAWN, to=State.DRAFT, allow=rules.may_submit, lock=hold_the_deadline)
def take_up(application: Application, *, by: Actor) -> None:
    """What was withdrawn is a draft again, with its number if it had one; it counts for the batch in which it is submitted."""
    if Application.objects.drafts_of(application.applicant, application.jurisdiction, application.reg_no).exists():
        raise Refused(_("There is another draft under this number already."))
    limits.end(application)
    application.batch = Batch.objects.accepting(clock.now()).get()
    application.submitted_at = application.seal_due_at = None
    application.saved_at = clock.now()
    application.declares_true = application.accepts_charter = application.told_persons = False


@workflow.step(_("Give more time"), State.CORRECTION, to=State.CORRECTION, allow=rules.may_check)
def extend(application: Application, *, by: Actor, until: datetime, reason: str) -> None:
    """One applicant gets longer for the correction, with a reason."""
    before = application.due_at
    if until <= max(before, clock.now()):
        raise Refused(_("The new date has to lie after the one that holds now."))
    limits.end(application)
    application.due_at = until
    notices.limit_moved(application, before, until)


@workflow.step(_("Discard the old draft"), State.DRAFT, to=State.WITHDRAWN, allow=rules.is_timetable, tone="stop")
def discard(application: Application, *, by: Actor) -> None:
    """Nobody has touched it for half a year: what it says of persons is not kept longer (PIPL, articles 19 and 47)."""
    if application.saved_at > clock.now() - KEPT:
        raise Refused(_("This draft has been worked on lately."))
    notices.discarded(application)
    for name in PERSONAL:
        setattr(application, name, Application._meta.get_field(name).get_default())
