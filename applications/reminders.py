"""Which drafts, corrections and reviews to remind of, and when.

A reminder is a letter whose key names its occasion, so it goes once, however many schedulers ask and however often. After
a standstill only the reminder that holds now goes out, not those that were missed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from alliance import clock
from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.letters.words import deadline
from alliance.letters.write import bag
from applications import notices
from applications.models import Application, Assignment
from applications.notices import reviews as review_notices
from applications.workflow import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

DEADLINE = (7, 3, 1)  # days before a batch closes
CORRECTION = (3, 1, 0)  # days before a correction is due
SEAL = (3, 1, 0)  # days before the sealed form is due
SHEETS = (2, 0)  # days before an expert's sheets are due; afterwards daily
REVIEW_AHEAD, ESCALATED = 2, 2  # days before and after a review is due
DISCARD_AHEAD = timedelta(days=30)
CALLED_FOR = {Office.CLERK: Application.objects.awaiting_check, Office.OFFICER: Application.objects.awaiting_screening}


def remind() -> None:
    """Write every reminder that is due by now; twice does no harm."""
    with bag():
        for draft in Application.objects.closing_drafts(horizon(DEADLINE)).iterator(chunk_size=1000):
            if (days := offset(draft.batch.deadline, DEADLINE)) is not None:
                notices.deadline_near(draft, days)
        for draft in Application.objects.untouched(clock.now() - KEPT + DISCARD_AHEAD).iterator(chunk_size=1000):
            notices.draft_old(draft, draft.saved_at + KEPT)
    for application in Application.objects.corrections_due(horizon(CORRECTION)):
        if (days := offset(application.due_at, CORRECTION)) is not None:
            notices.correction_near(application, days)
    remind_of_seals()
    for application in Application.objects.awaiting_approval(clock.now()).select_related("applicant", "batch", "on_behalf"):
        notices.publicity_over(application)
    remind_experts()
    for office, called in CALLED_FOR.items():
        remind_office(office, called().filter(due_at__lte=horizon((REVIEW_AHEAD,))))
    late = Application.objects.awaiting_review().filter(due_at__lte=clock.midnight(clock.today() - timedelta(days=ESCALATED - 1)))
    remind_office(Office.SECRETARY, late | Application.objects.awaiting_approval(clock.now()))


def remind_of_seals() -> None:
    """Sealed forms that have not come yet."""
    for application in Application.objects.seals_due(horizon(SEAL)).select_related("applicant", "batch"):
        if (days := offset(application.seal_due_at, SEAL)) is not None:
            notices.seal_near(application, days)


def remind_experts() -> None:
    """Each expert of the sheets that are due, in one letter a batch; what is two days late is the secretary-general's to know."""
    rows = (
        Assignment.objects.outstanding()
        .filter(due_at__lte=horizon(SHEETS))
        .select_related("expert__user", "batch")
        .order_by("due_at", "pk")
    )
    outstanding: dict[tuple[int, int], list[Assignment]] = {}
    for each in rows:
        outstanding.setdefault((each.expert_id, each.batch_id), []).append(each)
    with bag():
        for waiting in outstanding.values():
            first = waiting[0]
            review_notices.near(first.expert, first.batch, first.due_at, len(waiting), occasion(first.due_at))
    late = [waiting for waiting in outstanding.values() if days_over(waiting[0].due_at) >= ESCALATED]
    if late:
        lines = ((each[0].expert.name, each[0].batch, len(each), deadline(each[0].due_at)) for each in late)
        review_notices.late(lines, sum(map(len, late)))


def occasion(due: datetime | None) -> str:
    """Two days before and on the last day once, afterwards once a day."""
    days = offset(due, SHEETS) if due else None
    return f"{notices.date_of(due)}:{days}" if days is not None else clock.today().isoformat()


def days_over(due: datetime | None) -> int:
    """How many days have passed since the last on which it was due."""
    return (clock.today() - last_day(due)).days if due else 0


def horizon(days: Iterable[int]) -> datetime:
    """What is due before this instant may have a reminder today."""
    return clock.midnight(clock.today() + timedelta(days=max(days) + 1))


def offset(moment: datetime, offsets: tuple[int, ...]) -> int | None:
    """Which of `offsets` holds today: the smallest that is not below the days left; none once the last day is over."""
    left = (last_day(moment) - clock.today()).days
    return min((days for days in offsets if left <= days), default=None) if left >= 0 else None


def last_day(moment: datetime) -> date:
    """The last day before an instant: 13 December 00:00 ends with the 12th."""
    return (moment - timedelta(microseconds=1)).astimezone(clock.SHANGHAI).date()


def remind_office(office: str, applications: QuerySet[Application]) -> None:
    """One letter a day and person, with everything that is due; none where nothing is."""
    waiting = list(applications.order_by("due_at"))
    if waiting:
        for user in User.objects.filter(groups__name=office, is_active=True):
            notices.review_due(user, waiting)
