"""The post of the demo: what the outbox does each minute, done once an evening, so that no letter of the past waits today."""

from __future__ import annotations

from datetime import timedelta

from alliance import clock
from alliance.channels.ways import Way
from alliance.letters import outbox
from alliance.letters.models import Letter

PACE = timedelta(seconds=61)  # the outbox counts by the minute how many it sends to one domain
MOST = 100


def evening() -> None:
    """Send what waits, minute by minute as its pace allows."""
    moment = clock.now()
    for _minute in range(MOST):
        with clock.at(moment):
            if not Letter.objects.waiting().exists():
                return
            outbox.drain(Way.MAIL)
        moment += PACE
