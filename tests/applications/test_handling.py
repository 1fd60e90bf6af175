"""Who has an application in hand: three people do not open the same file."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance.history.models import Event
from alliance.workflow import NotAllowed
from applications import workflow
from applications.handling import hand_to, let_go, take_in_hand
from applications.models import Application, Handling
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return factories.application("submitted")


def in_hand(user) -> list[Application]:
    return [*Application.objects.in_hand_of(user)]


def test_who_takes_a_file_up_has_it_and_taking_it_again_changes_nothing(people, application):
    first = take_in_hand(application, people.clerk)
    assert take_in_hand(application, people.clerk) == first
    assert in_hand(people.clerk) == [application]
    [event] = Event.objects.of(application).steps("take_in_hand")
    assert (event.actor, event.details, event.after) == (people.clerk, {"to": people.clerk.pk, "from": None}, "")


def test_anybody_may_take_over_and_history_says_from_whom(people, application):
    take_in_hand(application, people.clerk)
    take_in_hand(application, people.officer)
    assert (in_hand(people.clerk), in_hand(people.officer)) == ([], [application])
    assert Event.objects.of(application).last().details == {"to": people.officer.pk, "from": people.clerk.pk}


def test_a_file_is_handed_to_somebody_and_let_go(people, application):
    take_in_hand(application, people.clerk)
    hand_to(application, people.officer, by=people.clerk)
    assert in_hand(people.officer) == [application]
    let_go(application, people.officer)
    let_go(application, people.officer)
    assert in_hand(people.officer) == []
    assert [event.step for event in Event.objects.of(application)] == ["take_in_hand", "hand_to", "let_go"]


def test_with_the_next_state_nobody_has_it_any_more(people, application):
    take_in_hand(application, people.clerk)
    workflow.accept(application, by=people.clerk)
    assert in_hand(people.clerk) == []
    take_in_hand(application, people.officer)
    assert in_hand(people.officer) == [application]


def test_an_application_is_in_one_hand(people, application):
    take_in_hand(application, people.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handling.objects.create(application=application, by=people.officer, state="submitted")


@pytest.mark.parametrize("role", ["stranger", "applicant", "sysadmin", "auditor"])
def test_only_the_secretariat_has_files_in_hand(people, application, role):
    with pytest.raises(NotAllowed):
        take_in_hand(application, getattr(people, role))
    with pytest.raises(NotAllowed):
        hand_to(application, getattr(people, role), by=people.clerk)


def test_a_party_to_the_application_and_a_foreign_branch_have_it_not(people):
    theirs = factories.application("submitted", contact_email=people.clerk.email)
    with pytest.raises(NotAllowed):
        take_in_hand(theirs, people.clerk)
    with pytest.raises(NotAllowed):
        take_in_hand(theirs, factories.branch_staff("clerk", "440100"))


def test_the_list_and_the_page_show_it_and_the_buttons_do_it(client, people, application):
    client.force_login(people.clerk)
    hand = reverse("admin:applications_application_hand", args=[application.pk])
    assert client.get(hand).status_code == 404
    client.post(hand, {"take": "1"})
    assert in_hand(people.clerk) == [application]
    page = client.get(reverse("admin:applications_application_change", args=[application.pk])).content.decode()
    assert f"<b>{people.clerk.name}</b>" in page
    assert page.count(f'formaction="{hand}"') == 2  # they stand in the page's own form: let go, and hand over
    list_ = reverse("admin:applications_application_changelist")
    assert people.clerk.name in client.get(list_).content.decode()
    assert client.get(list_, {"hand": "mine"}).context["cl"].result_count == 1
    assert client.get(list_, {"hand": "nobody"}).context["cl"].result_count == 0
    client.post(hand, {"hand_to": "1", "other": people.officer.pk})
    assert in_hand(people.officer) == [application]
    client.post(hand, {"let_go": "1"})
    assert in_hand(people.officer) == []


def test_a_foreign_branch_finds_no_page_to_take_it_up(client, application):
    client.force_login(factories.branch_staff("clerk", "440100"))
    assert client.post(reverse("admin:applications_application_hand", args=[application.pk]), {"take": "1"}).status_code == 404


def test_more_time_for_a_correction_is_given_from_the_page(client, people):
    application = factories.application("correction")
    client.force_login(people.clerk)
    page = client.get(reverse("admin:applications_application_change", args=[application.pk]))
    assert "extend" in {step["name"] for step in page.context["open_steps"]}
