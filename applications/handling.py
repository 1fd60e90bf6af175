"""Who has an application in hand: taken up, handed to somebody else, let go. No lock: anybody may take over, and history says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import NotAllowed
from applications import rules
from applications.models import Application, Handling

if TYPE_CHECKING:
    from alliance.accounts.models import User

NOT_YOURS = _("Only somebody of the secretariat who is no party to the application may have it in hand.")


@transaction.atomic
def take_in_hand(application: Application, by: User) -> Handling:
    """`by` has the file from now on, whoever had it before; taking what one has already changes nothing."""
    return give(application, by, by=by, step="take_in_hand")


@transaction.atomic
def hand_to(application: Application, other: User, by: User) -> Handling:
    """`other` has the file from now on."""
    if not rules.may_handle(by, application):
        raise NotAllowed(NOT_YOURS, thing=application)
    return give(application, other, by=by, step="hand_to")


@transaction.atomic
def let_go(application: Application, by: User) -> None:
    """Nobody has the file any more; where nobody had it, nothing changes."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not rules.may_handle(by, held):
        raise NotAllowed(NOT_YOURS, thing=held)
    if running := held.handlings.running().first():
        end(running)
        record(held, "let_go", by=by, inputs={"of": running.by})


def give(application: Application, user: User, *, by: User, step: str) -> Handling:
    """The file, to `user`; the hand it was in is empty."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not rules.may_handle(user, held):
        raise NotAllowed(NOT_YOURS, thing=held)
    former = held.handlings.running().select_related("by").first()
    if former and (former.by_id, former.state) == (user.pk, held.state):
        return former
    if former:
        end(former)
    taken = Handling.objects.create(application=held, by=user, state=held.state)
    record(held, step, by=by, inputs={"to": user, "from": former.by if former and former.state == held.state else None})
    return taken


def end(handling: Handling) -> None:
    handling.until = clock.now()
    handling.save(update_fields=["until"])
