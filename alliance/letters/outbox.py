"""Sending what waits: claim, commit, send, commit."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage
from django.db import connection, transaction

from alliance import clock
from alliance.letters.models import TRIES, Letter, State

log = logging.getLogger(__name__)


def sweep() -> int:
    """Send every letter that waits; returns how many went out."""
    give_up()
    sent = 0
    while letter := claim():
        sent += send(letter)
    return sent


def give_up() -> None:
    """A letter whose every try died in somebody's hands is failed, so that the desk shows it."""
    Letter.objects.exhausted().update(state=State.FAILED, error="every try ended without an answer")


@transaction.atomic
def claim() -> Letter | None:
    """Take the oldest waiting letter for this process; others skip it."""
    rows = Letter.objects.waiting().select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    letter = rows.first()
    if letter:
        letter.state, letter.claimed_at, letter.tries = State.SENDING, clock.now(), letter.tries + 1
        letter.save(update_fields=["state", "claimed_at", "tries"])
    return letter


def send(letter: Letter) -> bool:
    """Send a claimed letter, and write down how it went. A failure waits for a stale claim's retry, until the tries are used up."""
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], headers={"Message-ID": letter.message_id})
    try:
        message.send()
    except Exception as failure:  # noqa: BLE001 — one letter that cannot be sent stops no other
        log.warning("letter %s was not sent: %s", letter.pk, failure)
        letter.error = f"{type(failure).__name__}: {failure}"
        letter.state = State.FAILED if letter.tries >= TRIES else State.SENDING
        letter.save(update_fields=["state", "error"])
        return False
    letter.state, letter.sent_at, letter.error = State.SENT, clock.now(), ""
    letter.save(update_fields=["state", "sent_at", "error"])
    return True
