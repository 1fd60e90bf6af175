"""What can happen to an assignment, from the proposal to the sheet; and conflicts of interest, which undo it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.models import User
from alliance.calendar.days import due_after
from alliance.history.record import Code, record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow, to_hold
from applications import rules
from applications.choices import AssignmentState, ConflictKind, Criterion, State, Tie
from applications.models import Application, Assignment, Conflict, Review
from applications.notices import reviews as notices
from applications.reviewing.sheets import refuse_gaps, score
from members.models import Expert, Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from applications.models import Batch

assignments = Workflow(AssignmentState)
PROPOSED, ASSIGNED, REVIEWED = AssignmentState.PROPOSED, AssignmentState.ASSIGNED, AssignmentState.REVIEWED
TIED = _("This expert cannot review it: %(tie)s.")
THERE_ALREADY = _("This expert has had this application in this batch already.")


def hold_application(assignment: Assignment) -> None:
    """The application first, then who reviews it: two of the office do not fill one place at once."""
    Application.objects.select_for_update().only("pk").get(pk=assignment.application_id)


# ── By the office ────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def assign(application: Application, expert: Expert, *, by: Model) -> Assignment:
    """Give an application to an expert by hand; they are told at once."""
    held = to_hold(Application).get(application.pk)
    made = Assignment(application=held, batch=held.batch, expert=expert, state=ASSIGNED, assigned_by=by)
    if not rules.may_assign(by, made):
        raise NotAllowed(thing=held)
    refuse_unfit(held, expert)
    made.due_at = due(held.batch)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as clash:
        raise Refused(THERE_ALREADY, thing=held) from clash
    record(made, "assign", by=by, after=ASSIGNED, inputs={"application": held, "expert": expert})
    invite(made)
    return made


def refuse_unfit(application: Application, expert: Expert) -> None:
    """Raise where the application does not wait for experts, or something ties it to this one."""
    if application.state != State.SCREENED:
        raise Refused(_("Only what has passed the preliminary review, and is not concluded, goes to experts."), thing=application)
    if expert.retired_on:
        raise Refused(_("This expert has retired from the think tank."), thing=application)
    if tie := Application.objects.with_tie(expert).values_list("tie", flat=True).get(pk=application.pk):
        raise Refused(TIED % {"tie": Tie(tie).label}, thing=application)


def due(batch: Batch) -> datetime:
    """Until when a sheet given out now is due."""
    return due_after(clock.now(), batch.review_days)


def invite(assignment: Assignment) -> None:
    """The expert has an account to come in by, and a letter."""
    let_in(assignment.expert)
    notices.assigned(assignment.expert, assignment.batch, assignment.due_at)


def let_in(expert: Expert) -> None:
    """An account by the expert's own address, if they have none: they log in with a code that is sent there.

    Whoever opened an account with this address and never confirmed it has no way in any more: the address is the expert's.
    """
    if expert.user_id or not expert.email:
        return
    user = User.objects.filter(email__iexact=expert.email).first() or User.objects.create_user(expert.email, None, name=expert.name)
    address, _is_new = user.emailaddress_set.get_or_create(email=user.email, defaults={"primary": True})
    if not address.verified:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        address.verified = True
        address.save(update_fields=["verified"])
    if not Expert.objects.filter(user=user).exists():
        expert.user = user
        expert.save(update_fields=["user"])


@assignments.step(_("Confirm"), PROPOSED, to=ASSIGNED, allow=rules.may_assign, tone="go")
def confirm(assignment: Assignment, *, by: Actor) -> None:
    """The proposal stands: the expert gets it, and a date."""
    refuse_unfit(assignment.application, assignment.expert)
    give(assignment, by)
    invite(assignment)


def give(assignment: Assignment, by: Actor) -> None:
    assignment.assigned_by, assignment.assigned_at, assignment.due_at = rules.person(by), clock.now(), due(assignment.batch)
    assignment.reason = ""


@assignments.step(
    _("Take back"), PROPOSED, ASSIGNED, REVIEWED, to=AssignmentState.WITHDRAWN, allow=rules.may_assign, tone="stop", lock=hold_application
)
def take_back(assignment: Assignment, *, by: Actor, reason: str) -> None:
    """The expert has it no more. A sheet that was handed in stays, and does not count."""
    assignment.reason = reason


@assignments.step(_("Reassign"), PROPOSED, ASSIGNED, to=AssignmentState.WITHDRAWN, allow=rules.may_assign, lock=hold_application)
def reassign(assignment: Assignment, *, by: Model, expert: Expert, reason: str) -> None:
    """Somebody else reviews it instead."""
    assignment.reason = reason
    assign(assignment.application, expert, by=by)


@assignments.step(
    _("Assign again"), AssignmentState.WITHDRAWN, AssignmentState.RECUSED, to=ASSIGNED, allow=rules.may_assign, lock=hold_application
)
def assign_again(assignment: Assignment, *, by: Actor) -> None:
    """What was taken back, or given up, goes to the same expert after all; what they had written is still there."""
    refuse_unfit(assignment.application, assignment.expert)
    give(assignment, by)
    Review.objects.filter(assignment=assignment).update(handed_in_at=None, entered_by=None)
    invite(assignment)


@assignments.step(_("Enter a signed sheet"), ASSIGNED, to=REVIEWED, allow=rules.may_assign)
def enter_sheet(
    assignment: Assignment,
    *,
    by: Model,
    climate: int,
    research: int,
    service: int,
    industry: int,
    capacity: int,
    representative: int,
    advice: str,
    opinion: str,
) -> None:
    """The expert signed on paper; who entered it is kept."""
    refuse_concluded(assignment)
    points = dict(zip(Criterion.values, (climate, research, service, industry, capacity, representative), strict=True))
    review, _is_new = Review.objects.get_or_create(assignment=assignment)
    score(review, points)
    review.advice, review.opinion, review.entered_by = advice, opinion, by
    review.saved_at = review.handed_in_at = clock.now()
    review.save()


# ── By the expert ────────────────────────────────────────────────────────────────────────────────────────────────────


@assignments.step(_("Hand in"), ASSIGNED, to=REVIEWED, allow=rules.may_review, tone="go")
def hand_in(assignment: Assignment, *, by: Model) -> None:
    """The sheet is complete and signed by pressing the button: it changes no more."""
    refuse_concluded(assignment)
    review = Review.objects.select_for_update().filter(assignment=assignment).first() or Review(assignment=assignment)
    refuse_gaps(review)
    review.handed_in_at = clock.now()
    review.save(update_fields=["handed_in_at"])


def refuse_concluded(assignment: Assignment) -> None:
    if assignment.application.state != State.SCREENED:
        raise Refused(_("The expert review of this application has been concluded: the sheet was not taken."), thing=assignment)


@assignments.step(_("Recuse"), ASSIGNED, to=AssignmentState.RECUSED, allow=rules.may_review, tone="stop")
def recuse(assignment: Assignment, *, by: Model, reason: str = "") -> None:
    """The expert has to do with the unit: they see nothing more of it, the place is free, and what they had written goes."""
    assignment.reason = reason or gettext("Conflict of interest")
    Review.objects.filter(assignment=assignment).delete()
    declare(assignment.expert, assignment.application.organisation, by=by, note=reason)
    notices.recused(assignment)


# ── Conflicts of interest ────────────────────────────────────────────────────────────────────────────────────────────


def declare(expert: Expert, organisation: Organisation, *, by: Model, note: str = "") -> Conflict:
    """An expert says it themselves."""
    return keep(expert, organisation, ConflictKind.DECLARED, by=by, note=note)


@transaction.atomic
def pin(expert: Expert, organisation: Organisation, *, by: Model, note: str = "") -> Conflict:
    """The office knows of it: whatever the expert has of this organisation's is taken back at once."""
    found = keep(expert, organisation, ConflictKind.PINNED, by=by, note=note)
    clear = Application.objects.clear_of(expert).values("pk")
    for assignment in Assignment.objects.standing().filter(expert=expert).exclude(application__in=clear).order_by("pk"):
        with suppress(Refused):  # one that is another officer's to take back is hidden from the expert all the same
            take_back(assignment, by=by, reason=gettext("Conflict of interest"))
    return found


def keep(expert: Expert, organisation: Organisation, kind: str, *, by: Model, note: str) -> Conflict:
    """One running conflict a pair: one that is on file already stays as it is."""
    said = {"kind": kind, "note": note, "noted_by": by}
    found, is_new = Conflict.objects.get_or_create(expert=expert, organisation=organisation, ended_at=None, defaults=said)
    if is_new:
        record(found, "note_conflict", by=by, inputs={"expert": expert, "organisation": organisation, "kind": Code(kind)})
    return found


@transaction.atomic
def end_conflict(conflict: Conflict, *, by: Model) -> None:
    """From now on it ties the two no more; what was taken back for it stays taken back."""
    if Conflict.objects.running().filter(pk=conflict.pk).update(ended_at=clock.now()):
        record(conflict, "end_conflict", by=by)
