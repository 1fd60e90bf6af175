"""A little longer: the grace of a batch, which nobody sees, and the extension of one applicant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.letters.models import Letter
from alliance.templatetags.portal import deadline
from alliance.workflow import Refused
from applications import batches, limits, workflow
from applications.models import Application, Batch, Extension
from tests import factories

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def batch(people) -> Batch:
    """The open batch, with a deadline in ten days and a grace of half an hour."""
    opened = Batch.objects.accepting(clock.now()).get()
    return batches.schedule(opened, clock.midnight(clock.today() + timedelta(days=10)), by=people.officer, grace=30)


def test_the_grace_moves_the_instant_and_not_the_date_that_is_shown(batch, client):
    assert (batch.deadline, batch.closes_at - batch.deadline) == (clock.midnight(clock.today() + timedelta(days=10)), timedelta(minutes=30))
    assert deadline(batch.deadline) in client.get("/").content.decode()
    assert batch.next.opens_at == batch.closes_at


@pytest.mark.parametrize(("after", "in_time"), [(timedelta(minutes=29, seconds=59), True), (timedelta(minutes=30), False)])
def test_within_the_grace_it_counts_for_the_batch(after, in_time, batch):
    draft = factories.draft()
    with clock.at(batch.deadline + after):
        batches.close_due()
        draft.refresh_from_db()
        workflow.submit(draft, by=draft.applicant)
    assert (draft.batch == batch) == in_time


def test_who_has_longer_still_counts_for_the_batch_that_has_closed(batch, people):
    draft, other = factories.draft(), factories.draft()
    until = batch.closes_at + timedelta(days=3)
    limits.lengthen(draft, batch, until, "单位盖章需时", by=people.officer)
    with clock.at(batch.closes_at + SECOND):
        batches.close_due()
    with clock.at(until - SECOND):
        batches.close_due()
        for each in (draft, other):
            each.refresh_from_db()
            workflow.submit(each, by=each.applicant)
    assert [each.batch.number - batch.number for each in (draft, other)] == [0, 1]


def test_when_the_longer_time_is_over_too_the_draft_counts_for_the_next_and_is_told(batch, people):
    draft = factories.draft()
    until = batch.closes_at + timedelta(days=3)
    limits.lengthen(draft, batch, until, "单位盖章需时", by=people.officer)
    for moment, moved in ((batch.closes_at + SECOND, False), (until, True), (until + SECOND, True)):
        with clock.at(moment):
            batches.close_due()
        draft.refresh_from_db()
        assert (draft.batch != batch) == moved
    assert Letter.objects.filter(template="draft_moved", recipient=draft.applicant).count() == 1


@pytest.mark.parametrize("until", [timedelta(days=-1), timedelta(0)])
def test_longer_is_after_the_deadline(until, batch, people):
    with pytest.raises(Refused):
        limits.lengthen(factories.draft(), batch, batch.closes_at + until, "理由", by=people.officer)


def ask(people, **typed):
    client = Client()
    client.force_login(people.officer)
    return client.post(reverse("admin:applications_extension_add"), typed)


def test_the_officer_grants_it_by_number_and_account_without_seeing_the_draft(batch, people):
    draft = factories.draft()
    day = (clock.today() + timedelta(days=14)).isoformat()
    typed = {"reg_no": draft.reg_no.lower(), "email": draft.applicant.email, "batch": batch.pk, "last_day": day, "reason": "单位盖章需时"}
    assert ask(people, **typed).status_code == 302
    made = Extension.objects.get()
    assert (made.application, made.granted_by, made.until) == (draft, people.officer, clock.midnight(clock.today() + timedelta(days=15)))
    assert Letter.objects.filter(template="lengthened", recipient=draft.applicant).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reg_no": "91440300XX0000019G"}, "reg_no"), ({"email": "x@example.org"}, "reg_no"), ({"last_day": "2020-01-01"}, "last_day")],
)
def test_what_is_wrong_with_it_is_said_at_its_field(wrong, field, batch, people):
    draft = factories.draft()
    day = (clock.today() + timedelta(days=14)).isoformat()
    typed = {"reg_no": draft.reg_no, "email": draft.applicant.email, "batch": batch.pk, "last_day": day, "reason": "单位盖章需时"}
    answer = ask(people, **typed | wrong)
    assert (answer.status_code, [*answer.context["adminform"].form.errors]) == (200, [field])


def test_who_presses_after_the_deadline_is_told_for_which_batch_it_counts(batch, people):
    draft = factories.draft(by=people.applicant)
    client = Client()
    client.force_login(people.applicant)
    page = client.get(reverse("applications:submit", args=[draft.uuid]))
    typed = {"seen": page.context["seen"], "batch": str(batch.number)}
    with clock.at(batch.closes_at + SECOND):
        batches.close_due()
        answer = client.post(reverse("applications:submit", args=[draft.uuid]), typed, follow=True)
    assert "您提交前已过截止时间" in answer.content.decode()
    assert Application.objects.get(pk=draft.pk).batch == batch.next
