"""At the deadline, what was answered is what was recorded: [open, close), in instants, on one clock."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from alliance import clock
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications import batches, workflow
from applications.choices import State
from applications.models import Application, Batch
from tests import factories

MIDNIGHT = datetime(2020, 12, 12, 16, 0, tzinfo=UTC)  # 2020-12-13 00:00 in Asia/Shanghai


@pytest.fixture
def notice_time(db: None):
    """Back to the notice's own recruitment: its first batch is open, its deadline set."""
    Batch.objects.filter(number=1).update(closed_at=None)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (MIDNIGHT - timedelta(milliseconds=100), 1),
        (MIDNIGHT - timedelta(seconds=1), 1),
        (MIDNIGHT, 2),
        (MIDNIGHT + timedelta(seconds=1), 2),
    ],
)
def test_a_submission_counts_for_the_batch_open_at_its_instant_whatever_the_server_s_zone(moment, number, zone, notice_time, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with clock.at(MIDNIGHT - timedelta(hours=1)):
            application = factories.draft()
        with clock.at(moment):
            workflow.submit(application, by=application.applicant)
    finally:
        monkeypatch.delenv("TZ")
        os.environ.pop("TZ", None)
        time.tzset()
    assert (application.state, application.batch.number, application.submitted_at) == (State.SUBMITTED, number, moment)


def test_the_last_day_of_a_deadline_is_the_day_before_its_instant():
    assert clock.midnight(date(2020, 12, 13)) == MIDNIGHT


def test_closing_keeps_the_queue_and_moves_the_drafts(notice_time):
    with clock.at(MIDNIGHT - timedelta(hours=2)):
        late, early = factories.draft(), factories.draft()
        workflow.submit(early, by=early.applicant)
    with clock.at(MIDNIGHT + timedelta(seconds=30)):
        assert batches.close_due() == 1
        assert batches.close_due() == 0
    late.refresh_from_db()
    early.refresh_from_db()
    assert (late.state, late.batch.number, early.batch.number) == (State.DRAFT, 2, 1)
    assert list(Letter.objects.filter(template="draft_moved").values_list("thing_id", flat=True).distinct()) == [late.pk]
    assert Batch.objects.get(number=1).closed_at == MIDNIGHT + timedelta(seconds=30)


def test_a_batch_is_not_closed_before_its_deadline(notice_time):
    with clock.at(MIDNIGHT - timedelta(milliseconds=1)):
        assert batches.close_due() == 0


def test_setting_a_deadline_opens_the_next_batch_at_that_very_instant(people):
    now = clock.now()
    current = Batch.objects.accepting(now).get()
    deadline = now + timedelta(days=30)
    batches.schedule(current, deadline, by=people.officer)
    assert Batch.objects.accepting(deadline - timedelta(microseconds=1)).get() == current
    assert Batch.objects.accepting(deadline).get().number == current.number + 1


def test_moving_a_deadline_moves_the_next_opening_with_it(people):
    now = clock.now()
    current = Batch.objects.accepting(now).get()
    batches.schedule(current, now + timedelta(days=30), by=people.officer)
    batches.schedule(current, now + timedelta(days=40), by=people.officer)
    assert list(Batch.objects.filter(number__gt=current.number).values_list("opens_at", "closes_at")) == [(now + timedelta(days=40), None)]


@pytest.mark.parametrize("days", [-1, 0])
def test_a_deadline_lies_ahead(days, people):
    current = Batch.objects.accepting(clock.now()).get()
    with pytest.raises(Refused):
        batches.schedule(current, clock.now() + timedelta(days=days), by=people.officer)


def test_a_batch_past_its_deadline_is_not_moved(people):
    with pytest.raises(Refused):
        batches.schedule(Batch.objects.get(number=1), clock.now() + timedelta(days=1), by=people.officer)


# ── Threads ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def submit_at_once(applications: list[Application], closer=None) -> None:
    """Submit all at the same moment, each in a thread of its own, while one more closes the batch."""
    barrier = Barrier(len(applications) + (closer is not None))

    def run(work):
        try:
            barrier.wait()
            work()
        finally:
            connections.close_all()

    works = [lambda a=a: workflow.submit(a, by=a.applicant) for a in applications] + ([closer] if closer else [])
    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.race
@pytest.mark.parametrize("round_", range(3))
def test_whoever_submits_while_the_batch_closes_is_in_exactly_the_batch_of_their_instant(round_, committed, people_committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    now = clock.now()
    current = Batch.objects.accepting(now).get()
    drafts = [factories.draft() for _ in range(12)]
    deadline = clock.now() + timedelta(milliseconds=120)
    batches.schedule(current, deadline, by=people_committed)

    def close_when_due():
        while not batches.close_due():
            time.sleep(0.005)

    submit_at_once(drafts, close_when_due)
    current.refresh_from_db()
    for application in Application.objects.select_related("batch"):
        assert application.state == State.SUBMITTED
        assert (application.batch_id == current.pk) == (application.submitted_at < deadline)
    numbers = list(Application.objects.values_list("number", flat=True))
    assert len(set(numbers)) == 12


@pytest.fixture
def people_committed(committed: None):
    return factories.user("李范二", "officer")


@pytest.mark.race
def test_closing_waits_for_a_submission_that_read_the_clock_before_the_deadline(committed, people_committed, monkeypatch):
    """Park a submission between reading the clock and committing: the batch may not be closed over its head."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    submitted_first = close_around_a_parked_submission(people_committed, monkeypatch)
    assert submitted_first == 1


@pytest.mark.race
def test_the_twin_without_the_lock_closes_over_its_head(committed, people_committed, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr("applications.querysets.batches.locks.hold", lambda name, *, shared=False: None)
    submitted_first = close_around_a_parked_submission(people_committed, monkeypatch)
    assert submitted_first == 0


def close_around_a_parked_submission(officer, monkeypatch) -> int:
    """How many submissions of its time the closing batch counted."""
    monkeypatch.setattr(batches, "roll_over", lambda batch: None)  # moving drafts is another test's
    current = Batch.objects.accepting(clock.now()).get()
    application = factories.draft()
    deadline = clock.now() + timedelta(milliseconds=300)
    batches.schedule(current, deadline, by=officer)
    parked, real_hand_in = Barrier(2), workflow.hand_in

    def hand_in_slowly(application, *, by):
        parked.wait()
        time.sleep(0.6)
        return real_hand_in(application, by=by)

    monkeypatch.setattr(workflow, "hand_in", hand_in_slowly)
    thread = Thread(target=lambda: (workflow.submit(application, by=application.applicant), connections.close_all()))
    thread.start()
    parked.wait()
    while clock.now() < deadline:
        time.sleep(0.01)
    batches.close(current)
    counted = Event.objects.of(current).steps("close").get().details["received"]
    thread.join()
    application.refresh_from_db()
    assert application.submitted_at < deadline
    return counted


@pytest.mark.race
def test_twenty_closers_close_once(committed, people_committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    current = Batch.objects.accepting(clock.now()).get()
    factories.draft()
    batches.schedule(current, clock.now() + timedelta(milliseconds=50), by=people_committed)
    time.sleep(0.1)
    barrier, closed = Barrier(20), []

    def close():
        barrier.wait()
        closed.append(batches.close_due())
        connections.close_all()

    threads = [Thread(target=close) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sum(closed) == 1
    assert Letter.objects.filter(template="draft_moved").count() == 2
