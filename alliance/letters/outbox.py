"""Sending what waits: claim, commit, send, commit.

A process may die at any line. What it had claimed is taken again when its lease is over, with the same Message-ID, so a
letter can arrive twice only if the process died between the server's "yes" and its own note of it.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, prefetch_related_objects

from alliance import clock, locks
from alliance.channels.message import Bounced, Deferred, Enclosure, Message, Undelivered, Unreachable
from alliance.channels.ways import Way, channel
from alliance.letters.models import Attempt, Letter, Outcome, State

if TYPE_CHECKING:
    from alliance.channels.message import Channel

log = logging.getLogger(__name__)

HANDFUL = 20  # claimed together: one commit for as many letters
PATIENCE = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180, 360, 720))  # after each temporary refusal; about a day in all
MINUTE = timedelta(minutes=1)
WAKING = range(8, 21)  # hours


def sweep() -> int:
    """Send every letter that waits; returns how many went out. A way that is down stops itself and no other."""
    give_up()
    return sum(drain(way) for way in (Way.MAIL, Way.SMS) if not (way == Way.SMS and is_quiet()))


def is_quiet() -> bool:
    """At night no telephone is made to ring: an SMS that a midnight's deadline causes waits until the morning."""
    return clock.now().astimezone(clock.SHANGHAI).hour not in WAKING


def give_up() -> None:
    """A letter whose every try died in somebody's hands is failed, so that the desk shows it."""
    with transaction.atomic():
        parked = list(Letter.objects.exhausted().select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked))
        note_deaths(parked)
        failed = {"state": State.FAILED, "is_begun": False, "error": "every try ended without an answer"}
        Letter.objects.filter(pk__in=[letter.pk for letter in parked]).update(**failed)


def drain(way: str) -> int:
    """Send what waits on one way, until nothing does, or the way is down."""
    sent, opened = 0, channel(way)
    try:
        while letters := claim(way):
            sent += send_all(opened, letters)
    except Unreachable as trouble:
        log.warning("%s: %s", way, trouble)
    finally:
        opened.close()
    return sent


# ── claiming ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def claim(way: str) -> list[Letter]:
    """Take the oldest waiting letters for this process, as many as the pace of their domains allows; others skip them."""
    if settings.LETTER_PACE:
        locks.hold("letters: pace")
    gone = recently(way)
    full = [domain for domain, count in gone.items() if count >= settings.LETTER_PACE] if settings.LETTER_PACE else []
    rows = Letter.objects.waiting().filter(way=way).exclude(domain__in=full)
    rows = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    letters = [letter for letter in rows[:HANDFUL] if within_pace(letter, gone)]
    note_deaths(letters)
    mark = {"state": State.SENDING, "claimed_at": clock.now(), "claim": uuid.uuid4(), "is_begun": False}
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(**mark)
    for letter in letters:
        letter.__dict__.update(mark)
    prefetch_related_objects(letters, "enclosures__paper")
    return letters


def recently(way: str) -> Counter[str]:
    """How many letters were taken for each domain within the last minute."""
    if not settings.LETTER_PACE or way != Way.MAIL:
        return Counter()
    taken = Letter.objects.filter(claimed_at__gt=clock.now() - MINUTE, way=way).order_by()
    return Counter(dict(taken.values_list("domain").annotate(count=Count("pk"))))


def within_pace(letter: Letter, gone: Counter[str]) -> bool:
    """Whether one more may go to this domain now; if so it counts."""
    gone[letter.domain] += 1
    return not settings.LETTER_PACE or letter.way != Way.MAIL or gone[letter.domain] <= settings.LETTER_PACE


# ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def send_all(opened: Channel, letters: list[Letter]) -> int:
    """Send claimed letters one after the other. How one went and that the next begins is written in one transaction."""
    sent, attempt = 0, None
    try:
        for letter in letters:
            with transaction.atomic():
                note(attempt)
                attempt = begin(letter)
            if attempt:
                sent += deliver(opened, attempt)
    finally:
        with transaction.atomic():
            note(attempt)
            let_go(letters)
    return sent


def begin(letter: Letter) -> Attempt | None:
    """Start a try, if the letter is still ours: a process that was too slow has lost it to another."""
    letter.tries, letter.claimed_at = letter.tries + 1, clock.now()
    mine = Letter.objects.filter(pk=letter.pk, claim=letter.claim, state=State.SENDING)
    if not mine.update(tries=letter.tries, claimed_at=letter.claimed_at, is_begun=True):
        return None
    return Attempt(letter=letter, way=letter.way, to=letter.to, began_at=letter.claimed_at)


def deliver(opened: Channel, attempt: Attempt) -> bool:
    """Hand one letter over, and keep the answer in `attempt`; raises Unreachable where the way itself is down."""
    try:
        opened.send(message(attempt.letter))
        attempt.outcome = Outcome.SENT
    except Undelivered as refusal:
        attempt.outcome, attempt.answer = OUTCOMES[type(refusal)], refusal.answer
        if isinstance(refusal, Unreachable):
            raise
    except Exception as failure:
        log.exception("letter %s", attempt.letter_id)  # one letter that cannot be sent stops no other
        attempt.outcome, attempt.answer = Outcome.DEFERRED, f"{type(failure).__name__}: {failure}"[:500]
    finally:
        attempt.ended_at = clock.now()
    return attempt.outcome == Outcome.SENT


OUTCOMES = {Deferred: Outcome.DEFERRED, Bounced: Outcome.BOUNCED, Unreachable: Outcome.UNREACHABLE}


def message(letter: Letter) -> Message:
    is_short = letter.way == Way.SMS  # and says where the rest is
    values = {"subject": letter.subject, "link": f"{settings.SITE_URL}{letter.get_absolute_url()}"} if is_short else {}
    papers = [each.paper for each in letter.enclosures.all()]
    enclosed = tuple(Enclosure(paper.file_name, bytes(paper.content), paper.media_type) for paper in papers)
    return Message(letter.to, letter.subject, letter.body, letter.message_id, enclosed, values=values)


# ── noting ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def note(attempt: Attempt | None) -> None:
    """Write down how a try went."""
    if attempt is None or attempt.ended_at is None:
        return
    letter = attempt.letter
    attempt.save(force_insert=True)
    Letter.objects.filter(pk=letter.pk, claim=letter.claim).update(error=attempt.answer, is_begun=False, **after(letter, attempt))


def note_deaths(letters: list[Letter]) -> None:
    """A try that was begun and never ended: whoever made it died, and nobody knows whether the letter arrived."""
    died = [letter for letter in letters if letter.is_begun]
    Attempt.objects.bulk_create(
        Attempt(letter=letter, way=letter.way, to=letter.to, began_at=letter.claimed_at or clock.now()) for letter in died
    )


def after(letter: Letter, attempt: Attempt) -> dict[str, object]:
    """What becomes of a letter after a try."""
    match attempt.outcome:
        case Outcome.SENT:
            return {"state": State.SENT, "sent_at": attempt.ended_at}
        case Outcome.DEFERRED if letter.tries <= len(PATIENCE):
            return {"state": State.QUEUED, "not_before": clock.now() + PATIENCE[letter.tries - 1]}
        case Outcome.UNREACHABLE:  # no fault of the letter's: this try does not count
            return {"state": State.QUEUED, "not_before": clock.now() + MINUTE, "tries": letter.tries - 1}
        case Outcome.UNKNOWN:  # interrupted on the way: it is given back
            return {}
        case _:
            return {"state": State.FAILED}


def let_go(letters: list[Letter]) -> None:
    """Give back what was claimed and not begun."""
    mine = Letter.objects.filter(pk__in=[letter.pk for letter in letters], claim=letters[0].claim, state=State.SENDING)
    mine.update(state=State.QUEUED, claim=None)


def trouble() -> list[Attempt]:
    """The ways that are down: their last try did not reach the server."""
    last = [Attempt.objects.last_answer(way) for way in (Way.MAIL, Way.SMS)]
    return [attempt for attempt in last if attempt and attempt.outcome == Outcome.UNREACHABLE]
