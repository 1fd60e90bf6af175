"""Until when? Limits in working days, and counting them again when the table of working days has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.calendar.days import due_after, working_days_left
from alliance.calendar.models import edition, edition_in_force
from alliance.history.models import TIMETABLE
from alliance.history.record import record
from alliance.jobs.timetabled import each
from alliance.workflow import Actor, Refused
from applications import notices
from applications.choices import State
from applications.models import Application, Batch, Extension

if TYPE_CHECKING:
    from datetime import datetime


def receiving(application: Application, moment: datetime) -> Batch:
    """The batch for which `application` counts if it is submitted at `moment`: one it has an extension for, or the one that is open.

    What the office entered counts for the batch that was open when it came in, closed since or not.
    """
    came = application.entry.received_at if application.is_entered else moment
    if application.batch.receives_at(came):
        return application.batch
    longer = application.extensions.order_by("id").select_related("batch").last()
    if longer and longer.until > moment:
        return longer.batch
    return Batch.objects.accepting(came).get()


def give(application: Application, days: int) -> None:
    """From now on, `days` working days for whoever is next."""
    now = clock.now()
    application.due_at, application.due_from, application.due_days = due_after(now, days), now, days
    application.due_edition = edition_in_force()


@transaction.atomic
def lengthen(application: Application, batch: Batch, until: datetime, reason: str, *, by: Actor) -> Extension:
    """One applicant may still submit for `batch` until `until`. A draft that has moved on to the next batch comes back."""
    Batch.objects.hold_alone()
    application = Application.objects.select_for_update().get(pk=application.pk)
    if until <= clock.now() or (batch.closes_at and until <= batch.closes_at):
        raise Refused(_("The new date has to lie ahead, and after the deadline of the batch."), thing=application)
    made = Extension.objects.create(application=application, batch=batch, until=until, reason=reason, granted_by=by)
    application.batch = batch
    application.save(update_fields=["batch"])
    record(application, "lengthen", by=by, inputs={"batch": batch.number, "until": until})
    notices.lengthened(made)
    return made


def publish(application: Application) -> None:
    """From now on, the batch's working days of public notice."""
    give(application, application.batch.publicity_days)
    application.publicity_from, application.publicity_until = application.due_from, application.due_at
    application.due_at = None


def resume(application: Application) -> None:
    """The public notice goes on for the working days that were left when the first open objection came; at least to the end of a working day."""
    now = clock.now()
    stopped = application.objections.open().aggregate(at=Min("noted_at"))["at"] or now
    give(application, working_days_left(stopped, application.publicity_until))
    application.publicity_until = application.due_at if application.due_days else due_after(now - timedelta(days=1), 1)
    application.due_at = None


def end(application: Application) -> None:
    """Nobody has to act by a day any more."""
    application.due_at = application.due_from = application.due_days = None


def count_again() -> int:
    """Count every running limit again that an earlier edition of the table was used for; returns how many were looked at."""
    return each(Application.objects.counted_before(edition(), clock.now()), count_one_again)


@transaction.atomic
def count_one_again(application: Application) -> None:
    """A limit that is not over moves with the table, but never to before the end of today; the old one stays in the history."""
    now = edition()
    application = Application.objects.select_for_update(of=("self",)).select_related("batch", "applicant").get(pk=application.pk)
    if application.due_from is None or application.due_edition >= now:
        return
    field = "publicity_until" if application.state == State.PUBLICITY else "due_at"
    before, after = getattr(application, field), due_after(application.due_from, application.due_days)
    moved = {field: max(after, clock.midnight(clock.today() + timedelta(days=1)))} if after != before else {}
    Application.objects.filter(pk=application.pk).update(due_edition=now, **moved)
    if moved:
        tell(application, field, before, moved[field])


def tell(application: Application, field: str, before: datetime, after: datetime) -> None:
    """Keep what it was, and tell the applicant where the limit is theirs."""
    setattr(application, field, after)
    record(application, "recount", by=TIMETABLE, inputs={"before": before, "after": after})
    if application.state in (State.CORRECTION, State.PUBLICITY):
        notices.limit_moved(application, before, after)
