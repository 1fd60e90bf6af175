"""A very small office: what the separation of duties forbids may be done, each time recorded as an exception; with the setting off nothing changes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alliance import clock
from alliance.facts.models import Facts
from alliance.history.models import Event
from alliance.workflow import NotAllowed
from applications import rules, workflow
from applications.models import OnBehalf
from tests import factories
from tests.test_every_step import inputs

pytestmark = pytest.mark.django_db
CASES = [  # (the step that was taken before, the state now, the step that the separation forbids)
    ("accept", "accepted", "screen"),
    ("screen", "submitted", "accept"),
    ("screen", "resubmitted", "return_for_correction"),
    ("accept", "publicity", "approve"),
    ("screen", "publicity", "approve"),
    ("approve", "accepted", "screen"),
]


@pytest.fixture
def one():
    """One person with every office of the secretariat."""
    return factories.user("李独一", "clerk", "officer", "secretary")


@pytest.fixture
def small():
    Facts.objects.filter(pk=1).update(small_office=True)


def after(earlier, state, by, **changes):
    """An application on which `by` took `earlier`."""
    application = factories.application(state, **changes)
    Event.objects.create(kind="applications.application", thing_id=application.pk, step=earlier, actor=by)
    return application


def take(name, application, by):
    step = workflow.workflow.steps[name]
    step(application, by=by, **inputs(step))


@pytest.mark.parametrize(("earlier", "state", "name"), CASES)
def test_with_the_setting_off_the_separation_holds_and_nothing_is_recorded(one, earlier, state, name):
    application = after(earlier, state, one)
    assert not Facts.objects.get().small_office
    with pytest.raises(NotAllowed):
        take(name, application, one)
    assert not Event.objects.of(application).exceptions().exists()


@pytest.mark.parametrize(("earlier", "state", "name"), CASES)
def test_with_the_setting_on_the_step_is_taken_and_the_exception_says_which_and_after_which(one, small, earlier, state, name):
    application = after(earlier, state, one)
    take(name, application, one)
    event = Event.objects.of(application).exceptions().get()
    assert (event.actor, event.details["step"], event.details["earlier"]) == (one, name, earlier)
    assert Event.objects.of(application).last().step == name


def test_a_step_by_somebody_else_is_no_exception(one, small, people):
    application = after("accept", "accepted", one)
    take("screen", application, people.officer)
    assert not Event.objects.of(application).exceptions().exists()


def test_who_entered_an_application_may_check_it_as_an_exception(one, small):
    application = factories.application("submitted", by=one)
    application.organisation.colleagues.all().delete()
    OnBehalf.objects.create(application=application, channel="paper", received_at=clock.now(), entered_by=one)
    application = type(application).objects.get(pk=application.pk)
    take("accept", application, one)
    assert Event.objects.of(application).exceptions().get().details["earlier"] == "enter"


def test_nobody_decides_on_their_own_unit_however_small_the_office(one, small):
    for named in ({"by": one}, {"contact_email": one.email}, {"representative_email": one.email}):
        application = factories.application("submitted", **named)
        assert not rules.may_check(one, application)
        assert not rules.may_screen(one, application)
        assert not rules.may_approve(one, application)


@pytest.mark.parametrize("name", ["accept", "screen", "approve"])
def test_the_page_says_so_before_the_step_is_taken_also_where_the_step_asks_nothing(client, one, small, name):
    earlier, state = {"accept": ("screen", "submitted"), "screen": ("accept", "accepted"), "approve": ("accept", "publicity")}[name]
    application = after(earlier, state, one)
    client.force_login(one)
    change = reverse("admin:applications_application_change", args=[application.pk])
    answer = client.post(change, {"_step": name})
    application.refresh_from_db()
    assert (answer.status_code, application.state) == (302, state)
    page = client.get(answer.url).content.decode()
    assert "职责分离的例外" in page
    client.post(answer.url, {"_step": name, "_confirm": "1", "opinion": "符合"})
    application.refresh_from_db()
    assert application.state != state
    assert "职责分离的例外：1" in client.get(change).content.decode()
    listed = client.get(reverse("admin:applications_dutyexception_changelist"))
    assert listed.context["cl"].result_count == 1
    assert application.number in listed.content.decode()


def test_without_an_exception_a_step_that_asks_nothing_is_taken_at_once_as_before(client, people, small):
    application = factories.application("submitted")
    client.force_login(people.clerk)
    client.post(reverse("admin:applications_application_change", args=[application.pk]), {"_step": "accept"})
    application.refresh_from_db()
    assert application.state == "accepted"


def test_the_setting_is_the_secretary_general_s_and_has_its_history(client, people):
    change = reverse("admin:facts_facts_change", args=[1])
    client.force_login(people.officer)
    assert client.post(change, {"small_office": "on"}).status_code == 403
    client.force_login(people.secretary)
    page = client.get(change)
    typed = {name: value for name, value in page.context["adminform"].form.initial.items() if value is not None} | {"small_office": "on"}
    assert client.post(change, typed).status_code == 302
    facts = Facts.objects.get()
    first = facts.history.first()
    assert (facts.small_office, first.small_office, first.history_user) == (True, True, people.secretary)
    assert Event.objects.of(facts).last().details == {"small_office": True}
