"""A simulated month with two schedulers, three days of it at a standstill: each reminder exactly once, the late ones by rule.

Hour by hour, both schedulers run every task of the timetable at the same moment, each in a thread of its own. What went out is
compared with what the rule says, worked out here a second time and another way. `bin/drills beats`.
"""

import sys
from datetime import timedelta
from threading import Thread

from stage import prepare

DAYS, STANDSTILL = 31, range(11, 14)
TASKS = ("applications.tasks.close_batches", "applications.tasks.lapse_corrections", "applications.tasks.remind")


def main() -> int:
    """A month, and its letters."""
    prepare(LETTER_PACE="0")
    from alliance.celery import app

    app.loader.import_default_modules()
    from alliance import clock

    start = clock.midnight(clock.today())
    applications, deadline = scene(start)
    for hour in range(DAYS * 24):
        if hour // 24 not in STANDSTILL:
            tick(start + timedelta(hours=hour), "day" if 9 <= hour % 24 <= 20 else "night")
    return tell(start, applications, deadline)


def scene(start: object) -> tuple[list, int]:
    """Forty drafts in a batch that closes on day 20, and forty corrections due on days 2 to 28."""
    from alliance import clock
    from alliance.accounts.models import User
    from applications.models import Application, Batch
    from members.models import Organisation

    with clock.at(start):
        batch = Batch.objects.accepting(clock.now()).get()
    closes = start + timedelta(days=20)
    Batch.objects.filter(pk=batch.pk).update(closes_at=closes)
    Batch.objects.create(number=batch.number + 1, opens_at=closes, deciding_body=batch.deciding_body)
    made = []
    for n in range(80):
        user = User.objects.create_user(f"u{n}@example.com", name="示例")
        said = {"batch": batch, "applicant": user, "jurisdiction": "mainland", "reg_no": f"X{n}", "name": f"广州演示{n}有限公司"}
        if n >= 40:
            organisation = Organisation.objects.create(name=said["name"], jurisdiction="mainland", reg_no=said["reg_no"])
            due = start + timedelta(days=3 + (n - 40) % 26)
            said |= {
                "state": "correction",
                "organisation": organisation,
                "number": f"SQ{n}",
                "submitted_at": start,
                "due_at": due,
                "corrections": 1,
            }
        made.append(Application.objects.create(**said))
    return made, 20


def tick(moment: object, time_of_day: str) -> None:
    """Both schedulers at once; reminders in the daytime only, as the timetable has it."""
    threads = [Thread(target=run, args=(moment, time_of_day)) for _scheduler in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(moment: object, time_of_day: str) -> None:
    from django.db import connections

    from alliance import clock
    from alliance.celery import app

    with clock.at(moment):
        for name in TASKS:
            if time_of_day == "day" or not name.endswith("remind"):
                app.tasks[name]()
    connections.close_all()


def expected(start: object, applications: list, deadline: int) -> set[tuple[str, int]]:
    """(reminder, application) pairs: at n days before the last day, or on the next day that was no standstill while n still holds."""
    working = [day for day in range(DAYS) if day not in STANDSTILL]
    found = set()
    for application in applications:
        kind, last, steps = (
            ("deadline_near", deadline - 1, (7, 3, 1))
            if application.due_at is None
            else ("correction_near", (application.due_at - start).days - 1, (3, 1, 0))
        )
        for day in working:
            holds = [step for step in steps if 0 <= last - day <= step]
            if holds:
                found.add((kind, application.pk, min(holds)))
    return found


def tell(start: object, applications: list, deadline: int) -> int:
    """Every reminder against the rule."""
    from alliance.letters.models import Letter

    kinds = ("deadline_near", "correction_near")
    letters = Letter.objects.filter(template__in=kinds, key__endswith=":starter")
    sent = [(letter.template, letter.thing_id, int(letter.key.split(":")[3])) for letter in letters]
    wanted = expected(start, applications, deadline)
    twice, missing, extra = len(sent) - len(set(sent)), wanted - set(sent), set(sent) - wanted
    moved = Letter.objects.filter(template="draft_moved").count()
    lapsed = Letter.objects.filter(template="lapsed").count()
    print(
        f"{DAYS} days, two schedulers, standstill on days {STANDSTILL.start} to {STANDSTILL.stop - 1}: {len(sent)} reminders of {len(wanted)}"
    )
    print(
        f"twice {twice}, missing {len(missing)}, against the rule {len(extra)}; drafts told that they moved {moved} of 40, lapsed once {lapsed} of 40"
    )
    return 1 if twice or missing or extra or (moved, lapsed) != (40, 40) else 0


if __name__ == "__main__":
    sys.exit(main())
