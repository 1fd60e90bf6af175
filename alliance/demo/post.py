"""The post of the demo: what the office writes in a day goes out in its evening, all at once, so that no letter of the past waits today.

The story is told in one transaction, so nothing is claimed or given back as the outbox does for a worker that may die.
"""

from __future__ import annotations

from alliance import clock
from alliance.channels.ways import Way, channel
from alliance.letters.models import Attempt, Letter, State
from alliance.letters.outbox import deliver
from alliance.letters.write import bag


def evening() -> None:
    """Post what was written today, and send it."""
    with bag() as opened:
        opened.post()
    letters = list(Letter.objects.waiting().filter(way=Way.MAIL).prefetch_related("enclosures__paper"))
    if letters:
        send(letters)


def send(letters: list[Letter]) -> None:
    """Hand them over one by one, and write down once that they went."""
    now, opened = clock.now(), channel(Way.MAIL)
    attempts = [Attempt(letter=letter, way=letter.way, to=letter.to, began_at=now) for letter in letters]
    gone = [attempt.letter.pk for attempt in attempts if deliver(opened, attempt)]
    opened.close()
    Attempt.objects.bulk_create(attempts)
    Letter.objects.filter(pk__in=gone).update(state=State.SENT, tries=1, claimed_at=now, sent_at=now)
