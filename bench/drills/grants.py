"""Twenty threads grant seats and certify elections at once, a thousand times: no seat is held twice, no unit holds two, the chain is whole.

In every round all of them reach for the four director seats of one direction. Half of the threads certify a result that elects two
directors (the last signature is all that is missing; a unit stands in two of these elections), the other half grant a seat
outright; in every second round they come a little later, so that both win. Then the seats are emptied, and the next round begins.
`bin/drills grants`; PORTAL_THREADS and PORTAL_ROUNDS make it smaller.
"""

import os
import sys
import time
from collections import Counter
from io import StringIO
from threading import Barrier, Thread

from stage import prepare

THREADS, ROUNDS = int(os.environ.get("PORTAL_THREADS", "20")), int(os.environ.get("PORTAL_ROUNDS", "1000"))
SEATS = 4
told: Counter = Counter()
whys: Counter = Counter()  # what those read who came too late


def main() -> int:
    """Round after round; after each, what the rows say."""
    prepare()
    from django.contrib.auth.models import Group

    from alliance.accounts.models import User

    people = {}
    for name in ("clerk", "officer", "secretary"):
        people[name] = user = User.objects.create_user(f"{name}@example.com", None, name=f"示例{name}")
        user.groups.add(Group.objects.get(name=name))
        people[name] = User.objects.get(pk=user.pk)
    units, began = members(), time.monotonic()
    hall(units)
    for n in range(ROUNDS):
        play(units, people, n)
        judge()
        clear(people["secretary"])
        if n % 50 == 49:
            print(f"round {n + 1}: {dict(told)}, {time.monotonic() - began:.0f} s", flush=True)
    return tell(time.monotonic() - began)


def members() -> list:
    """As many units as threads, and as many again to stand in elections."""
    from alliance import clock
    from members.models import MemberUnit, Organisation, Representative

    made = []
    for n in range(2 * THREADS):
        organisation = Organisation.objects.create(name=f"广州演示{n}有限公司", jurisdiction="mainland", reg_no=f"X{n}")
        unit = MemberUnit.objects.create(organisation=organisation, number=f"D-{n:04d}", admitted_on=clock.today())
        Representative.objects.create(unit=unit, name=f"演示{n}", post="总经理", since=clock.today())
        made.append(unit)
    return made


def play(units: list, people: dict, n: int) -> None:
    """Elections lack the last signature; then everybody acts at the same moment."""
    late = 0.5 * (n % 2)
    acts = [certifying(units, one, people) if one % 2 else granting(units[one], people, late) for one in range(THREADS)]
    barrier = Barrier(len(acts))
    threads = [Thread(target=run, args=(act, barrier)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(act: object, barrier: Barrier) -> None:
    from django.db import IntegrityError, OperationalError, connections

    from alliance.workflow import Refused

    try:
        barrier.wait()
        act()
        told["done"] += 1
    except Refused as refusal:
        told["refused"] += 1
        whys[str(refusal.why)] += 1
    except IntegrityError:
        told["stopped by a constraint"] += 1
    except OperationalError as error:
        told["broken off by the database"] += 1
        whys[str(error)] += 1
    finally:
        connections.close_all()


HYDROGEN = {"tier": 3, "direction": "hydrogen"}


def granting(unit: object, people: dict, late: float) -> object:
    from council import workflow
    from members.models import Resolution, Term

    term, person, taken = Term.objects.get(number=1), unit.representative, Resolution.objects.get()

    def grant() -> None:
        time.sleep(late)
        workflow.take_office(unit, person, term=term, by=people["secretary"], resolution=taken, **HYDROGEN)

    return grant


def hall(units: list) -> None:
    """One meeting in session with one voter, its resolution to co-opt, and a nomination of every unit that stands."""
    from alliance import clock
    from council.models import Call, Nomination
    from members.models import Attendance, Meeting, Resolution, Term

    term = Term.objects.get(number=1)
    meeting = Meeting.objects.create(assembly="members", term=term, ordinal=1, held_at=clock.now(), place="广州市演示路1号", state="open")
    Attendance.objects.create(meeting=meeting, unit=units[0], signed_in_at=clock.now())
    counts = {"eligible": 1, "present": 1, "in_favour": 1, "against": 0, "abstaining": 0}
    Resolution.objects.create(meeting=meeting, subject="增补理事单位", **counts)
    call = Call.objects.create(term=term, opens_on=clock.today(), closes_on=clock.today(), state="settled")
    Nomination.objects.bulk_create(
        Nomination(call=call, term=term, unit=unit, person=unit.representative, kind="self", reason="样例", state="shortlisted", **HYDROGEN)
        for unit in units[THREADS:]
    )


def certifying(units: list, n: int, people: dict) -> object:
    """An election of two directors that lacks its last signature: its rows are written as the steps before would have."""
    from alliance.history.canonical import digest
    from council import workflow
    from council.models import Candidate, Contest, Count, Nomination, Tally
    from members.models import Meeting

    meeting = Meeting.objects.select_related("term").get(ordinal=1)
    stand = [units[THREADS + n], units[THREADS + (n + 2) % THREADS]]
    nominations = {each.unit_id: each for each in Nomination.objects.filter(unit__in=stand)}
    contest = Contest.objects.create(meeting=meeting, term=meeting.term, seats=2, **HYDROGEN)
    candidates = Candidate.objects.bulk_create(
        Candidate(
            contest=contest, place=place, nomination=nominations[unit.pk], unit=unit, representative=unit.representative, called=f"演示{n}"
        )
        for place, unit in enumerate(stand, start=1)
    )
    for entry, name in ((1, "clerk"), (2, "officer")):
        tally = Tally.objects.create(contest=contest, entry=entry, issued=1, returned=1, invalid=0, entered_by=people[name])
        Count.objects.bulk_create(Count(tally=tally, candidate=each, in_favour=1, against=0, abstaining=0) for each in candidates)
    frozen = [{"candidate": c.pk, "place": c.place, "unit": c.unit_id, "person": c.representative_id, "expert": None} for c in candidates]
    contest.snapshot = {
        "candidates": frozen, "roll": [1], "eligible": 1, "present": 1, "seats": 2, "rule": [1, 2, False, "present"],
    }  # fmt: skip
    contest.snapshot_digest, contest.state = digest(contest.snapshot), "signed"
    contest.first_signer = people["officer"]
    contest.save()
    return lambda: workflow.certify(contest, by=people["secretary"])


def judge() -> None:
    """What the rows say after a round: seats held twice, units that hold two, more holders than seats, results without their seats."""
    from council.models import Contest, UnitTenure

    held = list(UnitTenure.objects.filter(ended_on=None).values_list("seat_id", "unit_id", "contest_id"))
    told["granted"] += len(held)
    told["oversold"] += max(0, len(held) - SEATS)
    told["double holders"] += len(held) - len({seat for seat, _unit, _contest in held})
    told["units with two seats"] += len(held) - len({unit for _seat, unit, _contest in held})
    by_contest = Counter(contest for _seat, _unit, contest in held if contest)
    told["certified by halves"] += sum(n != 2 for n in by_contest.values())
    certified = set(Contest.objects.filter(state="certified", tenures__ended_on=None).values_list("pk", flat=True))
    told["seated without a result"] += len(set(by_contest) - certified)


def clear(by: object) -> None:
    """The seats are empty again: one is left by the real step, and the rows of all go, so that the next round begins as the first."""
    from alliance import clock
    from council import workflow
    from council.models import Contest, PersonTenure, UnitTenure

    for tenure in UnitTenure.objects.filter(ended_on=None)[:1]:
        workflow.vacate(tenure, on=clock.today(), reason="演练", cause="gave_up", by=by)
    PersonTenure.objects.all().delete()
    UnitTenure.objects.all().delete()
    Contest.objects.filter(state="signed").update(state="void")


def tell(seconds: float) -> int:
    """Every figure, and the chain of results."""
    from django.core.management import call_command

    from council.models import Result

    call_command("recount", verbosity=0, stdout=StringIO())  # it raises where something is wrong
    for why, n in whys.most_common():
        print(f"  {n} × {why}")
    wrong = (
        "oversold",
        "double holders",
        "units with two seats",
        "certified by halves",
        "seated without a result",
        "broken off by the database",
    )
    print(
        f"{THREADS} threads × {ROUNDS} rounds, {seconds:.0f} s: {told['done']} done, {told['refused']} refused, {told['granted']} seats granted"
    )
    print(", ".join(f"{told[name]} {name}" for name in wrong), f"; {Result.objects.count()} results, their chain is whole", sep="")
    return 1 if any(told[name] for name in wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
