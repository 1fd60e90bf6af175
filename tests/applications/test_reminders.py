"""A reminder goes once, also with two schedulers and after a standstill."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alliance import clock
from alliance.letters.models import Letter
from applications import batches
from applications.choices import State
from applications.models import Application, Batch
from applications.tasks import discard_old_drafts, remind
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = clock.midnight(clock.today()) + timedelta(hours=9)


@pytest.fixture(autouse=True)
def _one_day():
    """The day stays the same from the first line of a test to its last, also where midnight passes."""
    with clock.at(TODAY):
        yield


@pytest.fixture
def closing(people):
    """A draft in a batch whose last day is ten days from today."""
    draft = factories.draft(by=people.applicant)
    batches.schedule(Batch.objects.get(number=2), clock.midnight(clock.today() + timedelta(days=11)), by=people.officer)
    return draft


def letters(template, days: range, *, twice: bool = True) -> list[int]:
    """On which of the days the starter was written to; the task runs hourly, by two schedulers."""
    sent = []
    for day in days:
        before = of(template).count()
        for hour in (0, 5):
            with clock.at(TODAY + timedelta(days=day, hours=hour)):
                for _scheduler in range(2 if twice else 1):
                    remind()
        if of(template).count() > before:
            sent.append(day)
    return sent


def of(template):
    return Letter.objects.filter(template=template, recipient__isnull=False)


def test_a_draft_is_reminded_seven_three_and_one_day_before_its_batch_closes(closing):
    assert letters("deadline_near", range(14)) == [3, 7, 9]
    assert of("deadline_near").count() == 3


def test_after_a_standstill_only_the_reminder_that_holds_goes_out(closing):
    assert letters("deadline_near", range(8, 12)) == [8, 9]


def test_a_deadline_that_was_moved_is_reminded_of_anew(closing, people):
    assert letters("deadline_near", range(10)) == [3, 7, 9]
    with clock.at(TODAY + timedelta(days=9, hours=6)):
        batches.schedule(closing.batch, clock.midnight(clock.today() + timedelta(days=11)), by=people.officer)
    assert letters("deadline_near", range(10, 21)) == [12, 16, 18]


def test_what_is_submitted_is_not_reminded(closing):
    Application.objects.filter(pk=closing.pk).update(state=State.WITHDRAWN)
    assert letters("deadline_near", range(12)) == []


def test_a_correction_is_reminded_three_days_and_one_day_before_and_on_its_last_day():
    application = factories.application(State.CORRECTION)
    Application.objects.filter(pk=application.pk).update(due_at=clock.midnight(clock.today() + timedelta(days=6)))
    assert letters("correction_near", range(8)) == [2, 4, 5]
    assert Letter.objects.filter(template="correction_near", to=application.representative_email).count() == 1


def test_a_second_correction_and_a_limit_that_moved_are_reminded_of_anew():
    application = factories.application(State.CORRECTION)
    for first_day, last_day in ((0, 5), (6, 9)):
        Application.objects.filter(pk=application.pk).update(due_at=clock.midnight(clock.today() + timedelta(days=last_day + 1)))
        assert letters("correction_near", range(first_day, last_day + 1)) == [last_day - days for days in (3, 1, 0)]


def test_the_office_gets_one_letter_a_day_with_all_that_is_due(people):
    people.here()
    for state in (State.SUBMITTED, State.SUBMITTED, State.ACCEPTED):
        application = factories.application(state)
        Application.objects.filter(pk=application.pk).update(due_at=clock.midnight(clock.today() + timedelta(days=4)))
    assert letters("review_due", range(4)) == [1, 2, 3]
    assert of("review_due").filter(recipient=people.clerk).count() == 3
    assert of("review_due").filter(recipient=people.secretary).count() == 0
    assert of("review_due").first().body.count("SQ2020-") == 2


def test_two_days_late_the_secretary_general_is_told(people):
    people.here()
    application = factories.application(State.SUBMITTED)
    Application.objects.filter(pk=application.pk).update(due_at=clock.midnight(clock.today() + timedelta(days=1)))
    letters("review_due", range(4))
    told = of("review_due").filter(recipient=people.secretary).order_by("key").values_list("key", flat=True)
    assert [key.split(":")[-1] for key in told] == [(clock.today() + timedelta(days=n)).isoformat() for n in (2, 3)]


def test_an_old_draft_is_reminded_once_and_then_what_it_says_of_persons_is_gone(people):
    draft, fresh = factories.draft(by=people.applicant), factories.draft(by=people.stranger)
    Application.objects.filter(pk=draft.pk).update(saved_at=TODAY - timedelta(days=140))
    assert letters("draft_old", range(5, 16)) == [10]
    with clock.at(TODAY + timedelta(days=39)):
        discard_old_drafts()
        assert Application.objects.filter(state=State.DRAFT).count() == 2
    Application.objects.filter(pk=fresh.pk).update(saved_at=TODAY + timedelta(days=30))
    with clock.at(TODAY + timedelta(days=41)):
        discard_old_drafts()
    draft.refresh_from_db()
    assert (draft.state, draft.contact_name, draft.representative_email, draft.name != "") == (State.WITHDRAWN, "", "", True)
    assert list(Application.objects.filter(state=State.DRAFT)) == [fresh]
    assert of("discarded").count() == 1
