"""The meeting's outcomes: proposed first, while nobody is told; looked at; then released together under one resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.jobs import working
from alliance.letters.write import bag
from alliance.workflow import NotAllowed, Refused, to_hold
from applications import rules, workflow
from applications.choices import Outcome, State
from applications.models import Application, Proposal
from members.models import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alliance.accounts.models import User
    from alliance.jobs.models import Job
    from alliance.letters.models import Letter
    from applications.models import Batch

BEFORE_THE_MEETING = (State.ACCEPTED, State.SCREENED, State.EXPERT_REVIEWED)
RELEASING, PROPOSING = "releasing pending outcomes", "proposing the rest as passed"


@dataclass(frozen=True)
class Wanted:
    """An outcome that somebody has in mind for an application."""

    application: Application
    outcome: str
    ground: str = ""
    reason: str = ""


# ── proposing ────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def propose(wanted: Iterable[Wanted], *, by: User) -> list[Proposal]:
    """Write outcomes down as pending, all or none; one that says the same as what is pending changes nothing."""
    return [proposal for each in wanted if (proposal := propose_one(each, by=by))]


def propose_one(wanted: Wanted, *, by: User) -> Proposal | None:
    application = to_hold(Application).get(wanted.application.pk)
    refuse_early(application, wanted.outcome, by)
    pending = application.proposals.pending().first()
    if pending and (pending.outcome, pending.ground, pending.reason) == (wanted.outcome, wanted.ground, wanted.reason):
        return None
    if pending:
        put_away(pending)
    proposal = Proposal(
        application=application, batch=application.batch, outcome=wanted.outcome, ground=wanted.ground, reason=wanted.reason, proposed_by=by
    )
    try:
        proposal.clean()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), thing=application) from wrong
    proposal.save()
    record(application, "propose_outcome", by=by, inputs={"outcome": Outcome(wanted.outcome)})
    return proposal


def refuse_early(application: Application, outcome: str, by: User) -> None:
    """Only what stands before the meeting has an outcome; and what was not screened can only be deferred."""
    if not rules.may_conduct(by, application):
        raise NotAllowed(_("This application is not yours to decide on."), thing=application)
    if application.state not in BEFORE_THE_MEETING:
        raise Refused(_("It does not stand before the meeting."), thing=application)
    if application.state == State.ACCEPTED and outcome != Outcome.DEFERRED:
        raise Refused(_("It has not passed preliminary review: it can only be deferred."), thing=application)


def put_away(proposal: Proposal) -> None:
    proposal.replaced_at = clock.now()
    proposal.save(update_fields=["replaced_at"])


@transaction.atomic
def take_back(applications: Iterable[Application], *, by: User) -> int:
    """Nothing is pending for these any more; returns for how many something was."""
    found = 0
    for application in Application.objects.for_steps().filter(pk__in=[each.pk for each in applications]):
        if (pending := application.proposals.pending().first()) and rules.may_conduct(by, application):
            put_away(pending)
            record(application, "take_back_outcome", by=by)
            found += 1
    return found


def the_rest(batch: Batch) -> list[Wanted]:
    """By exception: whatever stands before the meeting without a pending outcome is proposed as passed."""
    waiting = batch.applications.awaiting_deliberation().without_proposal().order_by("number")
    return [Wanted(application, Outcome.PASSED) for application in waiting]


# ── releasing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def propose_the_rest(batch: Batch, *, by: User, back: str = "") -> Job:
    """The same as long work, where they are many."""
    things = [each.application.pk for each in the_rest(batch)]
    return working.ask(PROPOSING, things, label=_("%(batch)s: the rest proposed as passed") % {"batch": batch}, by=by, back=back)


def wanted(batch: Batch, said: list[list[str]]) -> list[Wanted]:
    """What the lines of a table want: `[number, outcome, ground, reason]` each."""
    there = {each.number: each for each in batch.applications.filter(number__in=[line[0] for line in said])}
    return [Wanted(there[number], *rest) for number, *rest in said if number in there]


def propose_lines(batch: Batch, said: list[list[str]], *, by: User, back: str = "") -> Job:
    """The same as long work, where they are many."""
    things = {each.application.number: each.application.pk for each in wanted(batch, said)}
    lines = {str(things[line[0]]): line[1:] for line in said if line[0] in things}
    label = _("%(batch)s: outcomes of the meeting's table") % {"batch": batch}
    return working.ask(PROPOSING, [*things.values()], label=label, by=by, back=back, lines=lines)


@working.work(PROPOSING)
def propose_line(job: Job, pk: int) -> None:
    """One of them: as its line says; by exception as passed, unless something is pending for it meanwhile."""
    application = Application.objects.get(pk=pk)
    if line := job.inputs.get("lines", {}).get(str(pk)):
        propose([Wanted(application, *line)], by=job.by)
    elif not application.proposals.pending().exists():
        propose([Wanted(application, Outcome.PASSED)], by=job.by)


def release(batch: Batch, resolution: Resolution, *, by: User, back: str = "") -> Job:
    """Take the steps that are pending, each by itself, as long work: decisions are written and letters go out."""
    if not rules.may_publish(by, batch):
        raise NotAllowed(_("The outcomes of a batch are released by an officer."), thing=batch)
    pending = list(Proposal.objects.pending().filter(batch=batch).order_by("application__number").values_list("pk", flat=True))
    if not pending:
        raise Refused(_("Nothing is pending in this batch."), thing=batch)
    record(batch, "release", by=by, inputs={"resolution": resolution, "count": len(pending)})
    label = _("%(batch)s: outcomes released") % {"batch": batch}
    return working.ask(RELEASING, pending, label=label, by=by, back=back, resolution=resolution.pk)


@working.work(RELEASING)
def release_one(job: Job, pk: int) -> None:
    """One pending outcome becomes its decision; one that is none any more is passed over."""
    proposal = Proposal.objects.select_for_update().get(pk=pk)
    if proposal.decision_id or proposal.replaced_at:
        raise Refused(_("It is not pending any more."), thing=proposal.application)
    take(proposal, Resolution.objects.get(pk=job.inputs["resolution"]), by=job.by)
    proposal.decision = proposal.application.decisions.last()
    proposal.save(update_fields=["decision"])


def take(proposal: Proposal, resolution: Resolution, *, by: User) -> None:
    """The step that a pending outcome stands for."""
    said: dict[str, Any] = {"resolution": resolution, "by": by}
    match proposal.outcome:
        case Outcome.PASSED:
            workflow.deliberate(proposal.application, **said)
        case Outcome.REJECTED:
            workflow.reject(proposal.application, **said, ground=proposal.ground, reason=proposal.reason)
        case Outcome.DEFERRED:
            workflow.defer(proposal.application, **said, reason=proposal.reason)


def drafts(proposal: Proposal, resolution: Resolution, *, by: User) -> tuple[list[Letter], Any]:
    """The letters that a release would write, and why it would not happen: taken and taken back, so nothing is kept or sent."""
    with transaction.atomic(), bag() as opened:
        try:
            take(proposal, resolution, by=by)
        except Refused as refusal:
            return [], refusal.why
        finally:
            letters, opened.letters = opened.letters, []
            transaction.set_rollback(True)
    return letters, ""
