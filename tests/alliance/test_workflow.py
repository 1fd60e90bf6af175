"""The one door through which every state moves."""

import pytest
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext

from alliance.history.models import Event
from alliance.middleware import sentence_of
from alliance.workflow import NotAllowed, Refused, WrongState
from applications import workflow
from applications.choices import State
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_step_moves_the_state_and_writes_one_event(people):
    application = factories.application(State.SUBMITTED)
    workflow.accept(application, by=people.clerk)
    application.refresh_from_db()
    assert application.state == State.ACCEPTED
    event = Event.objects.of(application).get()
    assert (event.step, event.before, event.after, event.actor, event.acting_as) == ("accept", "submitted", "accepted", people.clerk, "")


def test_the_second_of_two_is_told_who_was_first(people):
    application = factories.application(State.SUBMITTED)
    seen_by_the_other = type(application).objects.get(pk=application.pk)
    workflow.accept(application, by=people.clerk)
    with pytest.raises(WrongState) as refused:
        workflow.decline(seen_by_the_other, by=people.clerk, ground="J01", reason="合伙企业")
    assert (refused.value.event.actor, refused.value.event.step) == (people.clerk, "accept")
    assert Event.objects.of(application).count() == 1


def test_a_rule_is_asked_with_the_row_that_is_locked(people):
    application = factories.application(State.SUBMITTED)
    with pytest.raises(NotAllowed):
        workflow.accept(application, by=people.officer)
    application.refresh_from_db()
    assert (application.state, Event.objects.of(application).count()) == (State.SUBMITTED, 0)


def test_a_refusal_of_the_step_as_such_says_which_and_one_with_a_reason_says_that():
    step = workflow.workflow.steps["accept"]
    refusals = [
        NotAllowed(step=step),
        NotAllowed(),
        NotAllowed("只有负责人可以。", step),
        WrongState(step, None),
        Refused("今日未到。", step),
    ]
    with translation.override("en"):
        said = [str(sentence_of(refusal)) for refusal in refusals]
        assert said == [
            f"“{step.label}” is not yours to take.",
            "This step is not yours to take.",
            "只有负责人可以。",
            f"“{step.label}” is not open any more: the state has changed.",
            "今日未到。",
        ]
    with translation.override("zh-hans"):  # made in one language, read in another
        assert [str(sentence_of(refusal)) for refusal in refusals[:2]] == [
            gettext("“%(step)s” is not yours to take.") % {"step": step.label},
            gettext("This step is not yours to take."),
        ]


def test_what_is_no_step_of_a_list_is_refused_by_its_name():
    refusal = NotAllowed()
    refusal.named = "登记"
    with translation.override("en"):
        assert sentence_of(refusal) == "“登记” is not yours to take."


def test_a_verb_that_fails_leaves_nothing_behind(people, monkeypatch):
    application = factories.application(State.SUBMITTED)
    monkeypatch.setattr("applications.notices.accepted", lambda application: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        workflow.accept(application, by=people.clerk)
    application.refresh_from_db()
    assert (application.state, application.organisation.verifications.count(), Event.objects.of(application).count()) == (
        State.SUBMITTED,
        0,
        0,
    )


def test_history_keeps_codes_and_digests_of_words_never_the_words(people):
    application = factories.application(State.SUBMITTED)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02", "C07"], words="第 2 页公章压在文字上")
    details = Event.objects.of(application).get().details
    assert "公章" not in str(details)
    assert details["words"].startswith("sha256:")


def test_the_timetable_signs_with_its_own_name(people):
    application = factories.application(State.CORRECTION)
    application.due_at = application.submitted_at
    application.save()
    workflow.lapse(application, by="timetable")
    event = Event.objects.of(application).get()
    assert (event.actor, event.acting_as) == (None, "timetable")


def test_inputs_of_a_step_are_its_keyword_arguments():
    assert workflow.return_for_correction.inputs == ("defects", "words")
    assert workflow.accept.inputs == ()


def test_the_row_is_locked_before_the_state_is_read(people, django_assert_num_queries):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    from django.test.utils import CaptureQueriesContext

    application = factories.application(State.SUBMITTED)
    with CaptureQueriesContext(connection) as queries:
        workflow.accept(application, by=people.clerk)
    reads = [q["sql"] for q in queries if '"applications_application"' in q["sql"] and q["sql"].startswith("SELECT")]
    assert reads[0].endswith('FOR UPDATE OF "applications_application"')
