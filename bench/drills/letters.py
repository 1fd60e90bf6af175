"""900 letters go out while their worker is killed 200 times, Redis is emptied in between, and the mail server puts off 2 %.

Promise: none is lost; one arrives twice only where a worker died between handing it over and its own note of that, and then with
the same Message-ID. `bin/drills letters`; PORTAL_KILLS and PORTAL_LETTERS make it smaller.
"""

import os
import random
import sys
import time

from sink import Sink
from stage import kill, prepare, with_mercy, worker

KILLS, LETTERS = int(os.environ.get("PORTAL_KILLS", "200")), int(os.environ.get("PORTAL_LETTERS", "900"))
LEASE = 2


def main() -> int:
    """Write, kill, write, kill; then let it come to rest, and count."""
    sink = Sink(share=0.02, delay=0.01)
    prepare(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", LETTER_PACE="0", LETTER_LEASE=str(LEASE))
    chance, written, flushed, began = random.Random(2020), 0, 0, time.monotonic()
    for n in range(KILLS):
        target = (n + 1) * LETTERS // KILLS
        write(written, target)
        written = target
        if n % 10 == 9:
            flushed += flush()
        live_and_die(sink, chance)
    rest()
    return tell(sink, written, flushed, time.monotonic() - began)


def write(start: int, end: int) -> None:
    """Letters about somebody, as the accounts' own steps would write them."""
    from django.db import transaction

    from alliance.accounts.models import User
    from alliance.letters.write import write as put
    from applications.notices import REVIEW_DUE

    reader = User.objects.filter(email="reader@example.com").first() or User.objects.create_user("reader@example.com", name="示例")
    for n in range(start, end):
        with transaction.atomic():
            words = {"n": n, "applications": "-"}
            put(REVIEW_DUE, about=reader, to=f"reader{n % 7}@example.com", key=f"drill:{n}", language="zh-hans", **words)


def nudge() -> None:
    from alliance.letters.nudge import nudge as ask

    ask()


def flush() -> int:
    """Redis forgets everything; the sweep is the guarantee."""
    import redis
    from django.conf import settings

    redis.Redis.from_url(settings.CELERY_BROKER_URL).flushall()
    return 1


def live_and_die(sink: Sink, chance: random.Random) -> None:
    """A worker lives until it has sent something, or for a while, and is killed in the middle of it."""
    before, process, began = sum(sink.accepted.values()), worker(), time.monotonic()
    nudge()
    while sum(sink.accepted.values()) == before and time.monotonic() - began < 6:
        time.sleep(0.01)
    time.sleep(chance.random() * 0.15)
    kill(process, group=chance.random() < 0.5)


def rest() -> None:
    """One worker that nobody kills, and a sweep as the timetable gives it, until nothing waits."""
    from alliance.letters.models import Letter, State

    Letter.objects.filter(state=State.QUEUED).update(not_before=None)  # what was put off need not wait its minutes here
    process = worker()
    for _second in range(120):
        nudge()
        time.sleep(1)
        Letter.objects.filter(state=State.QUEUED).update(not_before=None)
        if not Letter.objects.exclude(state__in=[State.SENT, State.FAILED]).exists():
            break
    with_mercy(process.pid)


def tell(sink: Sink, written: int, flushed: int, seconds: float) -> int:
    """Every letter against what arrived, and every double against the log of its tries."""
    from alliance.letters.models import Letter, Outcome, State

    letters = list(Letter.objects.filter(key__startswith="drill:").prefetch_related("attempts"))
    lost = [letter for letter in letters if not sink.accepted[letter.message_id]]
    doubles = [letter for letter in letters if sink.accepted[letter.message_id] > 1]
    unexplained = [
        letter
        for letter in doubles
        if sink.accepted[letter.message_id] > 1 + sum(attempt.outcome == Outcome.UNKNOWN for attempt in letter.attempts.all())
    ]
    strangers = set(sink.accepted) - {letter.message_id for letter in Letter.objects.all()}
    unsent = Letter.objects.exclude(state=State.SENT).count()
    print(f"letters {written}, kills {KILLS}, Redis emptied {flushed} times, put off {sink.put_off}, {seconds:.0f} s")
    print(
        f"lost {len(lost)}; arrived twice {len(doubles)}, with the same Message-ID; of these without a death in the SMTP moment {len(unexplained)}"
    )
    print(f"unknown Message-IDs {len(strangers)}, not marked as sent {unsent}")
    return 1 if lost or unexplained or strangers or unsent or len(letters) != written else 0


if __name__ == "__main__":
    sys.exit(main())
