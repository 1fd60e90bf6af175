"""The round of a batch's expert review: killed at any stage it ends complete, and nothing happens twice."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction
from django.urls import reverse

from alliance.history.models import Event
from alliance.jobs import rounds, working
from alliance.jobs.models import Job, Round, Stage
from alliance.letters.models import Letter
from applications import reviewing
from applications.choices import Criterion, State
from applications.models import Application, Assignment, Batch
from applications.reviewing import assigning, conducting
from applications.tasks import close_batches
from tests import factories

pytestmark = pytest.mark.django_db
FULL = {**dict.fromkeys(Criterion.values, 4), "advice": "admit", "opinion": "符合条件"}
STAGES = [part.__name__ for part in rounds.PROCESSES[reviewing.REVIEWING]]


class Killed(Exception):
    """The worker died here."""


@pytest.fixture
def people(people):
    """Everybody is there whom the round writes to."""
    return people.here()


@pytest.fixture
def batch(people):
    """A closed batch that the experts review, two of its applications screened and one still on its way."""
    Batch.objects.filter(number=1).update(expert_review=True, reviewers=2)
    for _ in range(2):
        factories.application(State.SCREENED)
        factories.expert(email=f"expert{_}@example.net")
    factories.application(State.ACCEPTED)
    return Batch.objects.get(number=1)


def stands(running) -> str:
    due = Stage.objects.filter(round=running, finished_at=None).order_by("position").first()
    return due.name if due else "over"


def screen_the_last() -> None:
    Application.objects.filter(state=State.ACCEPTED).update(state=State.SCREENED)


def confirm(people) -> None:
    for each in Assignment.objects.proposed():
        assigning.confirm(each, by=people.officer)


def hand_in_everything(people) -> None:
    for each in Assignment.objects.outstanding():
        assigning.enter_sheet(each, by=people.officer, **FULL)


def work() -> None:
    for job in Job.objects.unfinished():
        working.work_on(job.pk)


def test_it_begins_when_the_batch_is_closed_and_waits_for_people_at_two_stages(batch, people):
    close_batches()
    running = Round.objects.get(process=reviewing.REVIEWING)
    assert stands(running) == "propose_reviews"
    screen_the_last()
    close_batches()
    assert stands(running) == "await_confirmation"
    assert Letter.objects.filter(template="reviews_proposed").count() == 2  # the officer and the secretary-general
    assert not Letter.objects.filter(template="reviews_assigned").exists()
    confirm(people)
    close_batches()
    assert stands(running) == "await_sheets"
    hand_in_everything(people)
    close_batches()
    assert stands(running) == "conclude"
    work()
    close_batches()
    assert stands(running) == "over"
    assert set(batch.applications.values_list("state", flat=True)) == {State.EXPERT_REVIEWED}
    assert Letter.objects.filter(template="reviews_done").count() == 2
    assert Event.objects.filter(step="conclude_reviews").count() == 3


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_in_any_stage_it_ends_complete_and_nothing_happens_twice(stage, after, batch, people, monkeypatch):
    """Each stage dies once, before it did anything or after it did everything; the transaction takes it back, and it is asked again."""
    parts, died = list(rounds.PROCESSES[reviewing.REVIEWING]), []

    def dying(part):
        def once(thing):
            found = part(thing) if after or died else None
            if not died:
                died.append(stage)
                raise Killed
            return found

        once.__name__ = part.__name__
        return once

    place = STAGES.index(stage)
    parts[place] = dying(parts[place])
    monkeypatch.setitem(rounds.PROCESSES, reviewing.REVIEWING, tuple(parts))
    running = rounds.begin(reviewing.REVIEWING, batch)

    def advance():
        for _often in range(3):
            try:
                with transaction.atomic():
                    rounds.advance(running.pk)
            except Killed:
                continue

    screen_the_last()
    advance()
    confirm(people)
    advance()
    hand_in_everything(people)
    advance()
    work()
    advance()
    assert (died, stands(running)) == ([stage], "over")
    assert set(batch.applications.values_list("state", flat=True)) == {State.EXPERT_REVIEWED}
    assert set(Counter(Assignment.objects.values_list("application", flat=True)).values()) == {2}
    assert Counter(Letter.objects.filter(template__startswith="reviews_").values_list("template", flat=True)) == {
        "reviews_proposed": 2,
        "reviews_done": 2,
        "reviews_assigned": Assignment.objects.values("expert").distinct().count(),
    }
    assert Event.objects.filter(step="conclude_reviews").count() == 3


def test_a_worker_killed_while_it_concludes_goes_on_where_it_stood(batch, people, monkeypatch):
    screen_the_last()
    running = rounds.begin(reviewing.REVIEWING, batch)
    rounds.advance(running.pk)
    confirm(people)
    hand_in_everything(people)
    rounds.advance(running.pk)
    job, runner = Job.objects.get(), "7f1d1d5e-0000-4000-8000-000000000000"
    Job.objects.filter(pk=job.pk).update(state="running", runner=runner)
    real = conducting.conclude_reviews

    def dies(*args, **inputs):
        raise KeyboardInterrupt

    working.step(job.pk, working.uuid.UUID(runner))
    monkeypatch.setattr(conducting, "conclude_reviews", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        working.step(job.pk, working.uuid.UUID(runner))
    monkeypatch.setattr(conducting, "conclude_reviews", real)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    working.work_on(job.pk)
    assert rounds.advance(running.pk)
    assert Event.objects.filter(step="conclude_reviews").count() == 3
    assert not job.skipped.exists()


def test_what_went_wrong_stands_at_its_stage_and_a_button_tries_again(batch, people, monkeypatch, client):
    def broken(thing):
        raise ZeroDivisionError("nothing to divide by")

    monkeypatch.setitem(rounds.PROCESSES, reviewing.REVIEWING, (broken, *rounds.PROCESSES[reviewing.REVIEWING][1:]))
    broken.__name__ = "propose_reviews"
    running = rounds.begin(reviewing.REVIEWING, batch)
    with pytest.raises(ZeroDivisionError):
        rounds.advance(running.pk)
    client.force_login(people.officer)
    url = reverse("admin:jobs_round_change", args=[running.pk])
    assert "nothing to divide by" in client.get(url).content.decode()
    advance = reverse("admin:jobs_round_advance", args=[running.pk])
    assert "重试未成功" in client.post(advance, follow=True).content.decode()
    monkeypatch.undo()
    assert "已重试" in client.post(advance, follow=True).content.decode()
    assert Stage.objects.get(round=running, position=0).error == ""
    client.force_login(people.auditor)
    assert client.post(advance).status_code == 404


def test_a_proposal_made_early_by_hand_is_not_made_again(batch, people):
    reviewing.propose(batch, by=people.officer, seed=5)
    drawn = set(Assignment.objects.values_list("pk", flat=True))
    running = rounds.begin(reviewing.REVIEWING, batch)
    screen_the_last()
    rounds.advance(running.pk)
    assert set(Assignment.objects.values_list("pk", flat=True)) == drawn
