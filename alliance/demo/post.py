"""The post of the demo: what the office writes in a day goes out in its evening, all at once, so that no letter of the past waits today.

The story is told in one transaction, so nothing is claimed or given back as the outbox does for a worker that may die.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance import clock
from alliance.channels.ways import Way
from alliance.letters.models import Attempt, Letter, Outcome, State
from alliance.letters.outbox import message
from alliance.letters.write import bag

if TYPE_CHECKING:
    from alliance.demo.postman import Postman


def evening(postman: Postman) -> None:
    """Post what was written today, and send it."""
    with bag() as opened:
        opened.post()
    letters = list(Letter.objects.waiting().filter(way=Way.MAIL).prefetch_related("enclosures__paper"))
    if letters:
        postman.carry([message(letter) for letter in letters])
        note(letters)


def note(letters: list[Letter]) -> None:
    """Write down once that they went."""
    now = clock.now()
    gone = {"way": Way.MAIL, "outcome": Outcome.SENT, "began_at": now, "ended_at": now}
    Attempt.objects.bulk_create(Attempt(letter=letter, to=letter.to, **gone) for letter in letters)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(state=State.SENT, tries=1, claimed_at=now, sent_at=now)
