"""Long work is rows: it shows how far it is, survives its worker, and does nothing twice."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.urls import reverse

from alliance import clock
from alliance.jobs import rounds, working
from alliance.jobs.models import Job, JobState, Round, Run, Stage
from alliance.jobs.tasks import forget
from alliance.jobs.timetabled import each, timetabled
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications import workflow
from applications.choices import State
from applications.models import Application
from tests import factories

pytestmark = pytest.mark.django_db
DONE: list[int] = []


@pytest.fixture(autouse=True)
def works(monkeypatch):
    """Work that notes what it did; 3 is refused, 5 breaks, 7 kills its worker once."""
    DONE.clear()

    def note(job, thing):
        if thing == 3:
            raise Refused("三号不行")
        if thing == 5:
            raise ZeroDivisionError
        if thing == 7 and 7 not in DONE:
            DONE.append(7)
            raise KeyboardInterrupt
        DONE.append(thing)

    monkeypatch.setitem(working.WORKS, "note", note)


def test_what_cannot_be_done_is_passed_over_and_said():
    job = working.ask("note", range(1, 7), label="记录")
    working.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.position, job.percent, DONE) == (JobState.FINISHED, 6, 100, [1, 2, 4, 6])
    assert list(job.skipped.values_list("thing_id", flat=True)) == [3, 5]
    assert job.skipped.first().why == "三号不行"


def test_a_worker_that_dies_leaves_the_job_where_it_stood_and_another_takes_it_up():
    job = working.ask("note", range(6, 10), label="记录")
    with pytest.raises(KeyboardInterrupt):
        working.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.position) == (JobState.RUNNING, 1)
    working.work_on(job.pk)
    assert DONE == [6, 7]  # not while the first may still be alive
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert list(Job.objects.unattended()) == [job]
        job.refresh_from_db()
        assert job.is_silent
        working.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, DONE) == (JobState.FINISHED, [6, 7, 7, 8, 9])


def test_two_workers_do_nothing_twice():
    job = working.ask("note", range(10, 20), label="记录")
    assert [working.claim(job.pk, n) for n in ("0" * 32, "1" * 32)] == [True, False]
    assert working.step(job.pk, "1" * 32) is False
    assert DONE == []


def test_a_stopped_job_keeps_what_is_done(people, client):
    job = working.ask("note", range(10, 20), label="记录", by=people.clerk)
    client.force_login(people.clerk)
    assert client.post(job.get_absolute_url()).status_code == 302
    working.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, DONE) == (JobState.STOPPED, [])


def test_the_bar_asks_for_itself_while_it_moves_and_then_rests(people, client):
    job = working.ask("note", [1, 3], label="记录", by=people.clerk)
    client.force_login(people.clerk)
    assert 'hx-trigger="every 2s"' in client.get(job.get_absolute_url()).content.decode()
    working.work_on(job.pk)
    bar = client.get(job.get_absolute_url(), headers={"hx-request": "true"}).content.decode()
    assert ("hx-trigger" in bar, "<html" in bar, "三号不行" in bar) == (False, False, True)


def looked_at(client, job):
    """The job that only looks is over, and its page is told to go on; returns the job that does it."""
    working.work_on(job.pk)
    client.post(job.then or Job.objects.get(pk=job.pk).then, {"rehearsed": job.uuid})
    return Job.objects.exclude(pk=job.pk).get()


def test_a_step_on_many_is_looked_at_first_and_then_long_work_whose_skips_are_said(people, client):
    applications = [factories.application(State.SUBMITTED) for _ in range(22)] + [factories.application(State.ACCEPTED)]
    client.force_login(people.clerk)
    ids = [each.pk for each in applications]
    asked = client.post(reverse("admin:applications_application_changelist"), {"action": "step_accept", "_selected_action": ids})
    answer = client.post(asked["location"], {"_confirm": "1"})
    seen = Job.objects.get()
    assert answer["location"] == seen.get_absolute_url()
    assert (seen.total, seen.position, seen.by) == (23, 0, people.clerk)
    job = looked_at(client, seen)
    assert seen.skipped.count() == 1
    assert Application.objects.filter(pk__in=ids, state=State.ACCEPTED).count() == 1  # looking changed nothing
    working.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.total, job.skipped.count()) == (JobState.FINISHED, 22, 0)
    assert Application.objects.filter(pk__in=ids, state=State.ACCEPTED).count() == 23
    assert Letter.objects.filter(template="accepted").count() == 44


def test_what_has_changed_between_looking_and_taking_is_skipped_with_its_reason(people, client):
    applications = [factories.application(State.SUBMITTED) for _ in range(21)]
    client.force_login(people.clerk)
    ids = ",".join(str(each.pk) for each in applications)
    client.post(reverse("admin:applications_application_step", args=["accept"]) + f"?ids={ids}", {"_confirm": "1"})
    job = looked_at(client, Job.objects.get())
    workflow.accept(applications[0], by=factories.user("周例七", "clerk"))
    working.work_on(job.pk)
    assert list(job.skipped.values_list("thing_id", flat=True)) == [applications[0].pk]
    assert Application.objects.filter(state=State.ACCEPTED).count() == 21


def test_what_was_typed_goes_along_with_a_step_on_many(people, client):
    applications = [factories.application(State.SUBMITTED) for _ in range(21)]
    client.force_login(people.clerk)
    page = reverse("admin:applications_application_step", args=["decline"])
    ids = ",".join(str(each.pk) for each in applications)
    client.post(f"{page}?ids={ids}", {"ground": "J02", "reason": "主营业务无关", "_confirm": "1"})
    seen = Job.objects.get()
    assert "csrf" not in seen.inputs["posted"]
    job = looked_at(client, seen)
    working.work_on(job.pk)
    assert job.skipped.count() == 0
    assert Letter.objects.filter(template="not_accepted", body__contains="主营业务无关").count() == 42


def test_of_a_few_what_would_happen_is_shown_at_once(people, client):
    ready, gone = factories.application(State.SUBMITTED), factories.application(State.ACCEPTED)
    client.force_login(people.clerk)
    address = reverse("admin:applications_application_step", args=["accept"])
    page = client.post(f"{address}?ids={ready.pk},{gone.pk}", {"_confirm": "1"})
    assert [(line["thing"], bool(line["why"])) for line in page.context["lines"]] == [(gone, True), (ready, False)]
    assert (page.context["moving"], Application.objects.filter(state=State.SUBMITTED).count()) == (1, 1)
    client.post(address, {"ids": page.context["ids"], "_sure": "1"})
    ready.refresh_from_db()
    assert ready.state == State.ACCEPTED


def test_nobody_goes_on_from_somebody_else_s_look_or_from_one_that_is_not_over(people, client):
    ids = ",".join(str(factories.application(State.SUBMITTED).pk) for _ in range(21))
    client.force_login(people.clerk)
    address = reverse("admin:applications_application_step", args=["accept"])
    client.post(f"{address}?ids={ids}", {"_confirm": "1"})
    job = Job.objects.get()
    assert client.post(address, {"rehearsed": job.uuid}).status_code == 404
    working.work_on(job.pk)
    assert client.post(reverse("admin:applications_application_step", args=["decline"]), {"rehearsed": job.uuid}).status_code == 404
    assert client.post(address, {"rehearsed": "nonsense"}).status_code == 404
    client.force_login(people.officer)
    assert client.post(address, {"rehearsed": job.uuid}).status_code == 404
    assert Job.objects.count() == 1


def test_more_than_an_address_holds_are_posted(people, client, monkeypatch):
    monkeypatch.setattr("alliance.admin.workflow.AT_ONCE", 2)
    applications = [factories.application(State.SUBMITTED) for _ in range(3)]
    client.force_login(people.clerk)
    ids = [each.pk for each in applications]
    page = client.post(reverse("admin:applications_application_changelist"), {"action": "step_accept", "_selected_action": ids})
    assert (page.status_code, page.context["count"], page.context["unnamed"]) == (200, 3, 1)
    said = {"ids": page.context["ids"], "_confirm": "1", "_sure": "1"}
    client.post(reverse("admin:applications_application_step", args=["accept"]), said)
    assert Application.objects.filter(pk__in=ids, state=State.ACCEPTED).count() == 3


def test_what_a_job_was_asked_with_is_forgotten_after_a_month(people):
    job = working.ask("note", [1], label="记录", by=people.clerk, posted="reason=内部")
    working.work_on(job.pk)
    assert working.forget() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        forget()
    job.refresh_from_db()
    assert (job.things, job.inputs, job.label) == ([], {}, "记录")


# ── rounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def process(monkeypatch):
    """First at once, then a job, then at once again."""

    def first(thing):
        DONE.append("first")

    def long(thing):
        return working.ask("note", [1, 2], label="记录")

    def last(thing):
        DONE.append("last")

    monkeypatch.setitem(rounds.PROCESSES, "three", (first, long, last))
    return "three"


def test_a_round_does_each_stage_once_and_waits_for_its_job(process):
    thing = factories.application(State.SUBMITTED).batch
    running = rounds.begin(process, thing)
    assert rounds.begin(process, thing) == running
    for _often in range(3):
        assert rounds.advance(running.pk) is False
    assert DONE == ["first"]
    working.work_on(Job.objects.get().pk)
    for _often in range(2):
        assert rounds.advance(running.pk) is True
    running.refresh_from_db()
    assert (DONE, bool(running.finished_at), Stage.objects.filter(finished_at=None).count()) == (["first", 1, 2, "last"], True, 0)


def test_a_stage_that_fails_is_tried_again_and_holds_up_no_other_round(process, monkeypatch):
    batch = factories.application(State.SUBMITTED).batch
    broken = rounds.begin(process, batch)
    fine = rounds.begin(process, factories.term())
    fails = iter([ZeroDivisionError, None])

    def first(thing):
        if thing == batch and (failure := next(fails)):
            raise failure

    monkeypatch.setitem(rounds.PROCESSES, "three", (first, lambda thing: None, lambda thing: None))
    with pytest.raises(ExceptionGroup):
        rounds.advance_all()
    assert [bool(Round.objects.get(pk=each.pk).finished_at) for each in (broken, fine)] == [False, True]
    rounds.advance_all()
    assert Round.objects.get(pk=broken.pk).finished_at


@pytest.mark.race
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time")
def test_ten_callers_do_each_stage_once(committed, monkeypatch):
    calls = []
    monkeypatch.setitem(rounds.PROCESSES, "counted", tuple(lambda thing, n=n: calls.append(n) for n in range(3)))
    for part in rounds.PROCESSES["counted"]:
        part.__name__ = "part"
    running = rounds.begin("counted", factories.term())

    def call():
        rounds.advance(running.pk)
        connections.close_all()

    threads = [Thread(target=call) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [0, 1, 2]


# ── the timetable ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_that_fails_stops_no_other_and_the_run_counts_as_failed():
    def one(n):
        if n == 2:
            raise ZeroDivisionError
        if n == 3:
            raise Refused("somebody was first")
        DONE.append(n)

    @timetabled
    def nightly():
        each([1, 2, 3, 4], one)

    with pytest.raises(ExceptionGroup):
        nightly()
    assert DONE == [1, 4]
    assert "1 of 3 failed" in Run.objects.get(task__endswith="nightly").error
