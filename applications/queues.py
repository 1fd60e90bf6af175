"""What waits for whom: the desk's counts and the lists they open are the same rows.

Somebody who holds the office of a queue is never offered what they took part in in another office, nor their own unit's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import Office
from alliance.facts.models import facts
from applications.choices import State
from applications.rules import APPROVING, CHECKING, SCREENING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    from alliance.accounts.models import User
    from applications.querysets import ApplicationQuerySet

CONDUCTING = (Office.OFFICER, Office.SECRETARY)
SOON = timedelta(days=2)  # a public notice period that ends within so long is ending


@dataclass(frozen=True)
class Queue:
    """One kind of waiting: which rows, whose office it is, and which steps keep somebody away."""

    name: str
    label: str | Promise
    rows: Callable[[ApplicationQuerySet], ApplicationQuerySet]
    offices: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    has_limit: bool = False

    def for_person(self, rows: ApplicationQuerySet, user: User, *, small: bool | None = None) -> ApplicationQuerySet:
        """What waits for `user` where it is theirs to do; for the others of the office all that waits. In a very small office nothing is barred."""
        waiting = self.rows(rows)
        if not self.is_of(user):
            return waiting
        small = facts().small_office if small is None else small
        return waiting.not_concerning(user) if small else waiting.free_for(user, *self.barred)

    def is_of(self, user: User) -> bool:
        return bool(self.offices) and user.holds(*self.offices)


def in_state(state: State) -> Callable[[ApplicationQuerySet], ApplicationQuerySet]:
    return lambda rows: rows.filter(state=state)


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("check", _("To check"), lambda rows: rows.awaiting_check(), (Office.CLERK,), (*SCREENING, *APPROVING), has_limit=True),
        Queue("corrections", _("Corrections awaited"), in_state(State.CORRECTION), has_limit=True),
        Queue("screen", _("To screen"), lambda rows: rows.awaiting_screening(), (Office.OFFICER,), (*CHECKING, *APPROVING), has_limit=True),
        Queue("deliberate", _("To deliberate"), lambda rows: rows.awaiting_deliberation(), CONDUCTING),
        Queue("publish", _("To publish"), in_state(State.DELIBERATED), CONDUCTING),
        Queue("ending", _("Public notice ending"), lambda rows: rows.publicity_ending(clock.now() + SOON)),
        Queue("objections", _("Objections"), in_state(State.OBJECTION), CONDUCTING),
        Queue("approve", _("To approve"), lambda rows: rows.awaiting_approval(clock.now()), (Office.SECRETARY,), (*CHECKING, *SCREENING)),
        Queue("admit", _("To admit"), in_state(State.APPROVED), CONDUCTING),
    )
}


def due_today(rows: ApplicationQuerySet, user: User, *, small: bool) -> list[tuple[Queue, ApplicationQuerySet]]:
    """What somebody has to do before they go home: of their own queues whatever is due by tonight."""
    tonight = clock.midnight(clock.today() + timedelta(days=1))
    mine = [queue for queue in QUEUES.values() if queue.is_of(user) and queue.has_limit]
    return [(queue, queue.for_person(rows, user, small=small).filter(due_at__lte=tonight).due_first()) for queue in mine]
