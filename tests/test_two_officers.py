"""Two officers decide at once: one decision, and the other is told who was first."""

from __future__ import annotations

import contextlib
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import connection, connections
from django.db.models.query import QuerySet
from django.urls import reverse

from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import Refused, WrongState, to_hold
from applications import claiming, notices, workflow
from applications.choices import State
from tests import factories


def change_page(application) -> str:
    return reverse("admin:applications_application_change", args=[application.pk])


@pytest.mark.django_db
def test_the_second_reads_who_was_first_and_what_they_typed_is_kept(client, people):
    application = factories.application(State.SUBMITTED)
    workflow.accept(application, by=people.clerk)
    client.force_login(factories.user("李范二", "clerk"))
    page = reverse("admin:applications_application_step", args=["decline"]) + f"?ids={application.pk}"
    answer = client.post(page, {"ground": "J02", "reason": "主营业务与征集范围不符", "_confirm": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert people.clerk.name in text
    assert "主营业务与征集范围不符" in text
    application.refresh_from_db()
    assert (application.state, Event.objects.of(application).count()) == (State.ACCEPTED, 1)


@pytest.mark.django_db
def test_a_button_of_a_page_opened_before_is_refused_too(client, people):
    application = factories.application(State.SUBMITTED)
    workflow.accept(application, by=people.clerk)
    client.force_login(factories.user("李范二", "clerk"))
    refused = client.post(change_page(application), {"_step": "accept"})
    assert refused.status_code == 409
    assert f"“{workflow.accept.label}”" in refused.content.decode()
    assert "这一步" not in refused.content.decode()


@pytest.mark.django_db
def test_a_step_that_is_another_office_s_is_refused(client, people):
    application = factories.application(State.SUBMITTED)
    client.force_login(people.secretary)
    refused = client.post(change_page(application), {"_step": "accept"})
    assert refused.status_code == 403
    said = refused.content.decode()
    assert f"您没有办理“{workflow.accept.label}”的权限" in said
    assert "这一步" not in said


@pytest.mark.django_db
def test_what_is_no_step_of_a_workflow_is_named_as_its_page_was(client, people):
    client.force_login(people.officer)
    held = factories.seated(factories.unit(), by=people.secretary).seat
    resolution = factories.resolution(meeting=factories.meeting(assembly="council"), subject="增补")
    refused = client.post(
        reverse("admin:council_seat_co_opt", args=[held.pk]), {"unit": factories.unit().number, "resolution": resolution.pk}
    )
    assert refused.status_code == 409
    assert "“增补单位”没有执行" in refused.content.decode()


@pytest.mark.django_db
def test_many_at_once_do_what_can_be_done_and_say_what_was_skipped(client, people):
    done, skipped = factories.application(State.SUBMITTED), factories.application(State.ACCEPTED)
    client.force_login(people.clerk)
    listed = reverse("admin:applications_application_changelist")
    asked = client.post(listed, {"action": "step_accept", "_selected_action": [done.pk, skipped.pk]})
    looked = client.post(asked.url, {"_confirm": "1"})
    assert {line["thing"]: bool(line["why"]) for line in looked.context["lines"]} == {done: False, skipped: True}
    client.post(asked.url.partition("?")[0], {"ids": looked.context["ids"], "_sure": "1"})
    done.refresh_from_db()
    assert done.state == State.ACCEPTED
    assert not Event.objects.of(skipped).exists()


# ── Threads ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def decide_at_once(monkeypatch) -> tuple[list[str], list[Exception]]:
    """An acceptance and a refusal, parked between reading the state and writing it; who got through, and who was refused."""
    application = factories.application(State.SUBMITTED)
    clerks = [factories.user("张示一", "clerk"), factories.user("李范二", "clerk")]
    parked, done, refused = Barrier(2), [], []
    real = {name: getattr(notices, name) for name in ("accepted", "not_accepted")}

    def park(name):
        def told(*args):
            with contextlib.suppress(BrokenBarrierError):  # where the lock holds, the other never comes here
                parked.wait(0.7)
            return real[name](*args)

        return told

    for name in real:
        monkeypatch.setattr(notices, name, park(name))

    def decide(step, by, **inputs):
        try:
            step(type(application).objects.get(pk=application.pk), by=by, **inputs)
            done.append(step.name)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [
        Thread(target=decide, args=(workflow.accept, clerks[0])),
        Thread(target=decide, args=(workflow.decline, clerks[1]), kwargs={"ground": "J02", "reason": "不符"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, refused


@pytest.mark.race
def test_of_two_decisions_at_once_one_is_made(committed, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    done, refused = decide_at_once(monkeypatch)
    assert (len(done), [type(r) for r in refused]) == (1, [WrongState])
    assert refused[0].event.step == done[0]
    assert Letter.objects.values("template").distinct().count() == 1


@pytest.mark.race
def test_the_twin_without_the_row_lock_makes_two(committed, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr("alliance.workflow.to_hold", to_hold.__wrapped__)  # what was prepared before still locks
    done, _refused = decide_at_once(monkeypatch)
    assert sorted(done) == ["accept", "decline"]


@pytest.mark.race
def test_a_double_click_on_submit_makes_one_application_one_number_and_one_letter(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    for _ in range(5):
        draft = factories.draft()
        barrier, refused = Barrier(12), []

        def click(draft=draft, barrier=barrier, refused=refused):
            barrier.wait()
            try:
                workflow.submit(type(draft).objects.get(pk=draft.pk), by=draft.applicant)
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connections.close_all()

        threads = [Thread(target=click) for _ in range(12)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        draft.refresh_from_db()
        assert (draft.state, len(refused), draft.versions.count()) == (State.SUBMITTED, 11, 1)
        assert Letter.objects.about(draft).filter(recipient=draft.applicant).count() == 1


@pytest.mark.race
def test_twelve_accounts_with_one_number_make_one_open_application(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    first = factories.draft()
    drafts = [first, *(factories.draft(reg_no=first.reg_no) for _ in range(11))]
    barrier, refused = Barrier(12), []

    def run(draft):
        barrier.wait()
        try:
            workflow.submit(draft, by=draft.applicant)
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(draft,)) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(refused) == 11
    assert {str(r.why) for r in refused} == {str(claiming.NOT_FROM_HERE)}
