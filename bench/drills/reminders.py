"""10,000 reminders: how long they take to be queued, and how fast two workers drain them into a sink on this machine.

The pace per domain is off, so it is the capacity. `bin/drills reminders`.
"""

import sys
import time

from sink import Sink
from stage import prepare, with_mercy, worker

DRAFTS = 10_000
SLOWEST_QUEUING, SLOWEST_DRAIN = 3.0, 300.0  # seconds; letters a second


def main() -> int:
    """Drafts, reminders, workers."""
    sink = Sink()
    prepare(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", LETTER_PACE="0")
    drafts()
    began = time.monotonic()
    remind()
    queued = time.monotonic() - began
    workers = [worker(), worker()]
    wait_for(sink)
    for process in workers:
        with_mercy(process.pid)
    rate = (DRAFTS - 1) / (sink.last - sink.first)
    print(
        f"{DRAFTS} reminders queued in {queued:.2f} s; drained by 2 workers at {rate:.0f} a second; arrived {len(sink.accepted)}, twice {doubles(sink)}"
    )
    return 0 if queued <= SLOWEST_QUEUING and rate >= SLOWEST_DRAIN and len(sink.accepted) == DRAFTS and not doubles(sink) else 1


def drafts() -> None:
    """Drafts of as many applicants, in a batch that closes in three days."""
    from datetime import timedelta

    from alliance import clock
    from alliance.accounts.models import User
    from applications.models import Application, Batch

    batch = Batch.objects.accepting(clock.now()).get()
    Batch.objects.filter(pk=batch.pk).update(closes_at=clock.midnight(clock.today() + timedelta(days=4)))
    Batch.objects.create(
        number=batch.number + 1, opens_at=clock.midnight(clock.today() + timedelta(days=4)), deciding_body=batch.deciding_body
    )
    users = User.objects.bulk_create(User(email=f"u{n}@example.com", name=f"示{n}") for n in range(DRAFTS))
    named = ((n, user) for n, user in enumerate(users))
    Application.objects.bulk_create(
        Application(batch=batch, applicant=user, name=f"广州演示{n}有限公司", jurisdiction="mainland", reg_no=f"X{n}") for n, user in named
    )


def remind() -> None:
    from applications.reminders import remind as write

    write()


def wait_for(sink: Sink) -> None:
    """Nudge until everything has arrived; the workers need a while to start."""
    from alliance.letters.nudge import nudge

    for _half in range(240):
        nudge()
        time.sleep(0.5)
        if len(sink.accepted) >= DRAFTS:
            return


def doubles(sink: Sink) -> int:
    return sum(count > 1 for count in sink.accepted.values())


if __name__ == "__main__":
    sys.exit(main())
