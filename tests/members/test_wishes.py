"""What units would like to do becomes a work list when they are admitted: accepted or declined with words and a letter."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alliance import clock
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused
from applications import workflow as applications
from members import workflow
from members.models import Body
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies():
    """A secretariat, a branch and a working group; and another group that nobody named."""
    secretariat = Body.objects.filter(kind="secretariat").first() or Body.objects.create(kind="secretariat", name="秘书处")
    group, other = (Body.objects.create(kind="working_group", name=name) for name in ("演示标准工作组", "演示人才工作组"))
    return secretariat, factories.branch(), group, other


def admitted(people, bodies, **changes):
    _secretariat, branch, group, _other = bodies
    named = {"groups_wanted": [str(branch.uuid), str(group.uuid)]} | changes
    application = factories.application("approved", by=people.applicant, **named)
    applications.admit(application, by=people.officer)
    return application.unit


def test_what_a_unit_named_is_on_the_list_the_day_it_is_admitted(people, bodies):
    _secretariat, branch, group, _other = bodies
    unit = admitted(people, bodies)
    assert {(wish.body, wish.kind, wish.state) for wish in unit.wishes.all()} == {(branch, "join", "open"), (group, "join", "open")}


def test_who_means_to_run_the_alliance_wishes_to_host_the_secretariat_and_the_branch(people, bodies):
    secretariat, branch, group, _other = bodies
    unit = admitted(people, bodies, intent="operate")
    assert {(wish.body, wish.kind) for wish in unit.wishes.all()} == {
        (branch, "join"), (group, "join"), (secretariat, "host"), (branch, "host"),
    }  # fmt: skip


def test_what_is_no_body_any_more_or_never_was_makes_no_wish(people, bodies):
    Body.objects.filter(pk=bodies[2].pk).update(established_on="2020-01-01", dissolved_on="2020-02-01")
    unit = admitted(people, bodies, groups_wanted=[str(bodies[2].uuid), "nonsense"][:1])
    assert not unit.wishes.exists()


def test_accepting_makes_the_unit_a_member_from_that_day_and_tells_it(people, bodies):
    unit = admitted(people, bodies)
    wish = unit.wishes.get(body=bodies[2])
    workflow.accept_wish(wish, by=people.officer, words="欢迎加入标准工作组。")
    tenure = unit.body_tenures.get()
    assert (tenure.body, tenure.post, tenure.begins_on, tenure.term, tenure.ended_on) == (
        bodies[2], "member", clock.today(), factories.term(), None,
    )  # fmt: skip
    assert (wish.state, wish.decided_by) == ("accepted", people.officer)
    letter = Letter.objects.get(template="wish_accepted")
    assert (letter.recipient, "欢迎加入标准工作组。" in letter.body, bodies[2].name in letter.subject) == (people.applicant, True, True)


def test_accepting_a_host_makes_it_the_host(people, bodies):
    unit = admitted(people, bodies, intent="operate")
    workflow.accept_wish(unit.wishes.get(body=bodies[1], kind="host"), by=people.secretary, words="同意")
    assert unit.body_tenures.get().post == "host"


def test_declining_changes_nothing_but_the_list_and_tells_why(people, bodies):
    unit = admitted(people, bodies)
    workflow.decline_wish(unit.wishes.first(), by=people.officer, words="名额已满。")
    assert not unit.body_tenures.exists()
    assert "名额已满。" in Letter.objects.get(template="wish_declined").body


def test_a_post_that_the_unit_holds_already_is_not_given_twice(people, bodies):
    unit = admitted(people, bodies)
    wish = unit.wishes.get(body=bodies[2])
    unit.body_tenures.create(body=bodies[2], begins_on=clock.today())
    with pytest.raises(Refused):
        workflow.accept_wish(wish, by=people.officer, words="x")
    wish.refresh_from_db()
    assert (wish.state, unit.body_tenures.count()) == ("open", 1)


def test_of_a_unit_that_has_left_or_a_body_that_is_gone_nothing_is_accepted(people, bodies):
    unit = admitted(people, bodies)
    Body.objects.filter(pk=bodies[2].pk).update(established_on="2020-01-01", dissolved_on="2020-02-01")
    with pytest.raises(Refused):
        workflow.accept_wish(unit.wishes.get(body=bodies[2]), by=people.officer, words="x")
    workflow.resign(unit, by=people.officer, reason="x")
    with pytest.raises(Refused):
        workflow.accept_wish(unit.wishes.get(body=bodies[1]), by=people.officer, words="x")


def test_a_clerk_sees_the_list_and_decides_nothing(client, people, bodies):
    wish = admitted(people, bodies).wishes.first()
    with pytest.raises(NotAllowed):
        workflow.accept_wish(wish, by=people.clerk, words="x")
    client.force_login(people.clerk)
    list_ = reverse("admin:members_wish_changelist")
    assert client.get(list_).context["cl"].result_count == 2
    assert client.get(list_, {"body__id__exact": wish.body_id}).context["cl"].result_count == 1
    assert client.get(list_, {"waits": "open", "state__exact": "accepted"}).context["cl"].result_count == 0


def test_many_are_accepted_at_once_from_the_list(client, people, bodies):
    unit = admitted(people, bodies)
    client.force_login(people.officer)
    ids = ",".join(str(wish.pk) for wish in unit.wishes.all())
    step = reverse("admin:members_wish_step", args=["accept_wish"])
    assert client.get(f"{step}?ids={ids}").status_code == 200
    client.post(f"{step}?ids={ids}", {"_step": "accept_wish", "words": "欢迎", "_sure": "1"})
    assert (unit.wishes.filter(state="accepted").count(), unit.body_tenures.count()) == (2, 2)
