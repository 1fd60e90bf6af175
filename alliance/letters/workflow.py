"""What can happen to a letter by hand. Sending itself is the outbox's: `queued`, `sending`, `sent` and `failed` follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.channels.ways import Way, way_to
from alliance.documents.models import Paper
from alliance.letters.models import Attempt, Enclosure, Letter, Outcome, State
from alliance.letters.nudge import nudge_once
from alliance.letters.rules import is_secretariat
from alliance.workflow import Refused, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.accounts.models import User
    from alliance.workflow import Actor

workflow = Workflow(State)
DRAFT, QUEUED, SENT, FAILED, TO_BE_TOLD = State.DRAFT, State.QUEUED, State.SENT, State.FAILED, State.TO_BE_TOLD


@workflow.step(_("Edit"), DRAFT, to=DRAFT, allow=is_secretariat)
def edit(letter: Letter, *, by: Actor, subject: str, body: str) -> None:
    """This one letter says it in other words; the kind's own words stay."""
    letter.subject, letter.body = subject, body.strip() + "\n"


@workflow.step(_("Enclose papers"), DRAFT, to=DRAFT, allow=is_secretariat)
def enclose(letter: Letter, *, by: Actor, papers: list[Paper]) -> None:
    """Papers of the office about the same thing go with it."""
    about = (letter.kind_of_thing, letter.thing_id)
    if any((paper.kind_of_thing, paper.thing_id) != about for paper in papers):
        raise Refused(_("Only papers about the same thing go with a letter."))
    for paper in papers:
        Enclosure.objects.get_or_create(letter=letter, paper=paper)


@workflow.step(_("Release"), DRAFT, to=QUEUED, allow=is_secretariat, tone="go")
def release(letter: Letter, *, by: Actor) -> None:
    """The office has looked at it: it goes out."""
    if letter.way == Way.HAND:
        letter.state = TO_BE_TOLD
    nudge_once()


@workflow.step(_("Send again"), FAILED, State.CANCELLED, to=QUEUED, allow=is_secretariat, tone="go")
def send_again(letter: Letter, *, by: Actor) -> None:
    """The cause is mended: the letter waits again, with the same Message-ID."""
    if letter.way == Way.HAND:
        raise Refused(_("There is no address to send it to: tell it by hand."))
    letter.tries, letter.error, letter.not_before = 0, "", None
    nudge_once()


@workflow.step(_("Send once more"), SENT, to=QUEUED, allow=is_secretariat)
def send_once_more(letter: Letter, *, by: Actor) -> None:
    """Its reader says that it never came: a copy goes out, as a message of its own."""
    if letter.way == Way.HAND:
        raise Refused(_("This letter was told by hand."))
    letter.tries, letter.error, letter.not_before, letter.copies = 0, "", None, letter.copies + 1
    nudge_once()


@workflow.step(_("To be told by hand"), FAILED, QUEUED, to=TO_BE_TOLD, allow=is_secretariat)
def tell_by_hand(letter: Letter, *, by: Actor) -> None:
    """No channel brings it to its reader: somebody has to tell it."""
    letter.way = Way.HAND


@workflow.step(_("Told by hand"), TO_BE_TOLD, to=SENT, allow=is_secretariat, tone="go")
def told(letter: Letter, *, by: User, whom: str, how: str, when: datetime) -> None:
    """Somebody of the office has told it: whom, how and when stand in the letter's log."""
    if when > clock.now():
        raise Refused(_("Only what has been told can be recorded: the time lies ahead."))
    letter.sent_at = when
    log = {"way": Way.HAND, "to": whom, "began_at": when, "ended_at": clock.now(), "outcome": Outcome.SENT, "answer": how}
    Attempt.objects.create(letter=letter, by=by, **log)


@workflow.step(_("Send by a channel"), TO_BE_TOLD, to=QUEUED, allow=is_secretariat)
def send_by_channel(letter: Letter, *, by: Actor) -> None:
    """There is a channel by now."""
    mail = letter.to if "@" in letter.to else ""
    letter.way, letter.to = way_to(mail, "" if mail else letter.to)
    if letter.way == Way.HAND:
        raise Refused(_("There is still no channel to this address."))
    letter.domain = mail.rpartition("@")[2].lower()
    letter.tries, letter.error, letter.not_before = 0, "", None
    nudge_once()


@workflow.step(_("Cancel"), DRAFT, QUEUED, FAILED, TO_BE_TOLD, to=State.CANCELLED, allow=is_secretariat, tone="stop")
def cancel(letter: Letter, *, by: Actor, reason: str) -> None:
    """It is not sent, for this reason."""
    letter.error = reason
