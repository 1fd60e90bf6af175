"""The calendar of batches: setting a deadline, and closing at it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT
from alliance.accounts.models import User
from alliance.history.models import TIMETABLE
from alliance.history.record import record
from alliance.jobs import rounds
from alliance.letters.write import bag
from alliance.workflow import Actor, Refused
from applications import duplicates, notices, reviewing
from applications.choices import State
from applications.models import Application, Batch

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def schedule(batch: Batch, deadline: datetime, *, by: Actor, grace: int | None = None) -> Batch:
    """Set or move the deadline of a batch that is still open; it closes `grace` minutes later. The batch after it opens at that very instant; it is made if there is none."""
    Batch.objects.hold_alone()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    batch.grace_minutes = batch.grace_minutes if grace is None else grace
    closes_at = deadline + timedelta(minutes=batch.grace_minutes)
    following = batch.next
    refuse_impossible(batch, following, closes_at)
    batch.closes_at = closes_at
    batch.save(update_fields=["closes_at", "grace_minutes"])
    if following:
        following.opens_at = closes_at
        following.save(update_fields=["opens_at"])
    else:
        Batch.objects.create(
            number=batch.number + 1, opens_at=closes_at, deciding_body=batch.deciding_body, publicity_days=batch.publicity_days
        )
    record(batch, "schedule", by=by, inputs={"closes_at": closes_at, "grace": batch.grace_minutes})
    return batch


def refuse_impossible(batch: Batch, following: Batch | None, closes_at: datetime) -> None:
    """A deadline lies ahead, after the batch's own opening and before the next one's deadline."""
    if batch.is_closed or (batch.closes_at and batch.closes_at <= clock.now()):
        raise Refused(_("This batch is past its deadline: it cannot be moved any more."), thing=batch)
    if closes_at <= max(clock.now(), batch.opens_at):
        raise Refused(_("A deadline has to lie ahead, and after the opening of the batch."), thing=batch)
    if following and following.closes_at and following.closes_at <= closes_at:
        raise Refused(_("The deadline has to lie before that of the next batch."), thing=batch)


def close_due() -> int:
    """Close every batch that is past its deadline, and let what follows from it begin; returns how many closed. Twice changes nothing."""
    closed = sum(close(batch) for batch in Batch.objects.due(clock.now()))
    move_on()
    reviewing.begin_rounds()
    rounds.advance_all()
    return closed


@transaction.atomic
def close(batch: Batch) -> bool:
    """Freeze the batch's queue at its deadline. What is still a draft is kept, and counts for the next batch.

    Nothing here grows with the drafts but one statement: submissions wait for this lock.
    """
    Batch.objects.hold_alone()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.is_closed or not batch.closes_at or batch.closes_at > clock.now():
        return False
    batch.closed_at = clock.now()
    batch.save(update_fields=["closed_at"])
    roll_over(batch)
    rounds.begin(CLOSING, batch)
    record(batch, "close", by=TIMETABLE, inputs={"received": batch.applications.exclude(submitted_at=None).count()})
    return True


def roll_over(batch: Batch) -> None:
    """Move the drafts of a closing batch to the next, but for those that have longer."""
    batch.applications.filter(state=State.DRAFT).without_extension(clock.now()).update(batch=batch.next, moved_from=batch)


@transaction.atomic
def move_on() -> None:
    """A draft whose extension is over counts for the batch that is open now."""
    overdue = Application.objects.filter(state=State.DRAFT, batch__closed_at__isnull=False).without_extension(clock.now())
    if overdue.exists():
        Batch.objects.hold_alone()
        with bag():
            for draft in overdue.select_related("batch", "applicant"):
                closed, draft.batch = draft.batch, Batch.objects.accepting(clock.now()).get()
                Application.objects.filter(pk=draft.pk, state=State.DRAFT).update(batch=draft.batch)
                notices.draft_moved(draft, closed)


def tell_moved(batch: Batch) -> None:
    """Tell whoever is writing a draft that moved."""
    with bag():
        for draft in batch.moved_drafts.select_related("applicant", "batch", "on_behalf").order_by("pk").iterator(chunk_size=1000):
            notices.draft_moved(draft, batch)


def tell_office(batch: Batch) -> None:
    """Tell the secretariat that the batch is closed, and with how many."""
    received = batch.applications.exclude(submitted_at=None).count()
    for user in User.objects.of_offices(SECRETARIAT):
        notices.batch_closed(user, batch, received, batch.moved_drafts.count())


def look_for_doubles(batch: Batch) -> None:
    """What came into the register as a table has left no signs yet: with them the report of doubles is whole."""
    duplicates.leave_missing()


CLOSING = rounds.process(
    "closing",
    look_for_doubles,
    tell_moved,
    tell_office,
    words={
        "closing": _("After a batch has closed"),
        "look_for_doubles": _("Look for units that applied twice"),
        "tell_moved": _("Tell whose drafts moved on"),
        "tell_office": _("Tell the office"),
    },
)
