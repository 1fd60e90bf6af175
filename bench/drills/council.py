"""What the allocation page costs at 100,000 members and 10 terms: statements and milliseconds. Run: `bin/drills council`.

Median and slowest of thirty requests, by a member of the council and by the secretary-general: the server's time from the request to the
whole answer. The rows that the page loads are counted too: those that become objects may not grow with the members.
"""

import os
import statistics
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import directory
import stage

MEMBERS, TERMS, TIMES, YEARS = 100_000, 10, 30, 5
MOST_STATEMENTS, MOST_MILLISECONDS = 12, 120
PAGE = "/council/"


def main() -> int:
    stage.prepare(SITE_URL="http://testserver", ALLOWED_HOSTS="*")
    from django.conf import settings

    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.SECOND_FACTOR = False
    units = int(os.environ.get("UNITS", MEMBERS))
    last = terms()
    few = loaded(last)
    began = time.monotonic()
    directory.fill(units)
    readers = {"a council member": sitting(), "the secretary-general": secretary()}
    many = loaded(last)
    print(f"{units} members, {TERMS} terms of 25 seats in {time.monotonic() - began:.0f} s", flush=True)
    kept = [
        measured(reader, f"{name}: {what}", address)
        for name, reader in readers.items()
        for what, address in {
            "today": PAGE,
            "a day of an earlier term": f"{PAGE}?on=2012-06-01",
            "another division": f"{PAGE}what-if/",
        }.items()
    ]
    for what in ("hall/", "seats.json", "seats.csv", "seats.pdf"):
        measured(readers["the secretary-general"], what, PAGE + what, times=5)
    print(f"rows that became objects: {few} with no members but the council's, {many} with {units}", flush=True)
    return 0 if all(kept) and few == many else 1


def terms():
    """Ten terms of five years, the last one running; every seat held by a unit of its own, nominated before it was elected."""
    from alliance import clock
    from council.allocation import plan
    from council.models import Seat
    from members.models import MemberUnit, Organisation, Representative, Term
    from members.models.listing import list_again

    planned, first = plan(), date(clock.today().year - YEARS * TERMS + 2, 3, 18)
    organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"珠江演示理事{n}有限公司", reg_no=f"XC{n:016d}", region="440100", unit_type="enterprise", main_direction="electric"
        )
        for n in range(len(planned))
    )
    units = MemberUnit.objects.bulk_create(
        MemberUnit(organisation=each, number=f"GBANEV-C{n:03d}", admitted_on=first) for n, each in enumerate(organisations)
    )
    list_again(units)
    persons = Representative.objects.bulk_create(Representative(unit=unit, name="张示一", post="总经理", since=first) for unit in units)
    for number in range(1, TERMS + 1):
        begins = first.replace(year=first.year + YEARS * (number - 1))
        ends = begins.replace(year=begins.year + YEARS) - timedelta(days=1)
        term, _made = Term.objects.update_or_create(number=number, defaults={"begins_on": begins, "ends_on": ends})
        seats = list(Seat.objects.filter(term=term).order_by("number")) or Seat.objects.bulk_create(
            Seat(term=term, number=n, tier=tier, direction=direction) for n, (tier, direction) in enumerate(planned, start=1)
        )
        seated(term, seats, units, persons, ended=ends + timedelta(days=1) if number < TERMS else None)
    return term


def seated(term, seats, units, persons, ended):
    """Whoever sits in a term, by a resolution, all but two seats of it; and was nominated before. `ended`: the day after its last, of a term that is over."""
    from alliance import clock
    from council.models import Call, Nomination, PersonTenure, UnitTenure
    from members.models import Meeting, Resolution

    begins = term.begins_on
    meeting = Meeting.objects.create(assembly="council", term=term, ordinal=1, held_at=clock.midnight(begins), place="广州市演示路1号")
    counts = {"eligible": 25, "present": 25, "in_favour": 25, "against": 0, "abstaining": 0}
    resolution = Resolution.objects.create(meeting=meeting, subject="增补理事单位", **counts)
    call = Call.objects.create(term=term, opens_on=begins, closes_on=begins, state="settled")
    said = {"begins_on": begins, "ended_on": ended}
    held = UnitTenure.objects.bulk_create(
        UnitTenure(seat=seat, term=term, unit=unit, resolution=resolution, cause="term_ended" if ended else "", **said)
        for seat, unit in zip(seats[:-2], units, strict=False)
    )
    PersonTenure.objects.bulk_create(
        PersonTenure(unit_tenure=tenure, representative=person, **said) for tenure, person in zip(held, persons, strict=False)
    )
    put = {"term": term, "call": call, "kind": "self", "reason": "骨干单位", "state": "shortlisted", "nominated_at": clock.now()}
    Nomination.objects.bulk_create(
        Nomination(tier=seat.tier, direction=seat.direction, unit=unit, person=person, **put)
        for seat, unit, person in zip(seats, units, persons, strict=True)
    )


def sitting():
    """A person on the council with an account."""
    from django.contrib.auth import get_user_model

    from council.models import PersonTenure

    user = get_user_model().objects.create_user("seat@example.com", None, name="示理")
    person = PersonTenure.objects.filter(ended_on=None).order_by("pk")[0].representative
    person.user = user
    person.save()
    return user


def secretary():
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create_user("secretary@example.com", None, name="示秘")
    user.groups.add(Group.objects.get(name="secretary"))
    return user


def loaded(term) -> dict[str, int]:
    """How many rows of each noun the page makes into objects."""
    from django.db.models.signals import post_init

    from council.dashboard import board

    found: Counter[str] = Counter()

    def count(sender, **_given):
        found[sender.__name__] += 1

    post_init.connect(count)
    made = board(None)
    assert made.term == term
    for name in ("drawing", "plan", "strips", "funnels", "changes", "cautions", "alternative"):
        getattr(made, name)
    post_init.disconnect(count)
    return dict(sorted(found.items()))


def measured(reader, name: str, address: str, times: int = TIMES) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, each = Client(), []
    client.force_login(reader)
    directory.answered(client, address)
    with CaptureQueriesContext(connection) as statements:
        directory.answered(client, address)
    asked = statements.captured_queries
    before = processor_time(connection)
    for _time in range(times):
        began = time.perf_counter()
        directory.answered(client, address)
        each.append(1000 * (time.perf_counter() - began))
    spent = (processor_time(connection) - before) / times
    median = statistics.median(each)
    slowest = max(asked, key=lambda said: float(said["time"]))
    print(
        f"{name}: {len(asked)} statements, {median:.0f} ms (slowest {max(each):.0f}; processor time {spent:.0f}); longest statement {slowest['time']} s",
        flush=True,
    )
    return len(asked) <= MOST_STATEMENTS and median <= MOST_MILLISECONDS


def processor_time(connection) -> float:
    """Milliseconds that this process and its database session have worked: what the page costs where nobody else is at work."""
    mine, theirs = 1000 * time.process_time(), Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not theirs.exists():
        return mine
    fields = theirs.read_text().rpartition(")")[2].split()
    return mine + 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
