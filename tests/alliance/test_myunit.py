"""The pages of a unit: whoever acts for it finds what is theirs, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.letters.models import Letter
from applications.models import Invitation, JoinRequest
from members.models import Body, Colleague, Resignation, Wish
from members.models.body import GROUPS
from members.workflow.requesting import ask_for_changes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(people):
    return people.units["member"]


@pytest.fixture
def mine(client, people, unit):
    """The member's browser."""
    client.force_login(people.member)
    return client


def url(unit, name, *args):
    return reverse(f"myunit:{name}", args=[unit.number, *args])


def test_one_unit_is_shown_at_once_and_several_are_to_choose_from(mine, people, unit):
    assert unit.organisation.name in mine.get(reverse("unit")).content.decode()
    second = factories.unit(people.member)
    page = mine.get(reverse("unit"))
    assert [each.number for each in page.context["units"]] == [unit.number, second.number]
    assert mine.get(url(second, "overview")).status_code == 200


@pytest.mark.parametrize(
    "name", ["overview", "data", "visibility", "change", "people", "groups", "meetings", "papers", "confirmation", "leaving"]
)
def test_a_page_asks_as_often_however_much_there_is(name, mine, people, unit, django_assert_max_num_queries):
    factories.campaign(by=people.officer)
    counts = []
    for rows in (1, 3, 30):
        for _n in range(rows):
            factories.letter(unit, recipient=people.member, state="sent", subject=f"第{_n}封")
            factories.wish(unit, "declined")
            factories.change_request(unit, "withdrawn")
            factories.nomination(factories.unit(), "declined", kind="recommended", recommender=unit)
            Colleague.objects.create(user=factories.user(), organisation=unit.organisation, role="fills_in")
        with django_assert_max_num_queries(26) as asked:
            assert mine.get(url(unit, name)).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2], counts


# ── Colleagues ──


def test_the_owner_invites_and_the_colleague_acts_from_then_on(mine, people, unit):
    people.stranger.emailaddress_set.create(email=people.stranger.email, verified=True, primary=True)
    mine.post(url(unit, "people"), {"email": people.stranger.email, "role": "submits"})
    invitation = Invitation.objects.get(organisation=unit.organisation)
    assert Letter.objects.get(template="invited_to_unit").to == people.stranger.email
    mine.force_login(people.stranger)
    assert unit.organisation.name in mine.get(reverse("applications:list")).content.decode()
    assert mine.post(reverse("applications:invitation", args=[invitation.uuid, "take"])).url == reverse("unit")
    assert mine.get(url(unit, "overview")).status_code == 200


def test_roles_change_and_colleagues_leave(mine, people, unit):
    Colleague.objects.create(user=people.stranger, organisation=unit.organisation, role="fills_in")
    person = {"user": people.stranger.pk}
    mine.post(url(unit, "person", "role"), person | {"role": "submits"})
    assert unit.organisation.colleagues.get(user=people.stranger).role == "submits"
    mine.post(url(unit, "person", "own"), person)
    assert dict(unit.organisation.colleagues.values_list("user", "role")) == {people.stranger.pk: "owns", people.member.pk: "submits"}
    mine.post(url(unit, "person", "leave"), {"user": people.member.pk})
    assert not unit.organisation.colleagues.filter(user=people.member, until=None).exists()


def test_a_colleague_who_fills_in_manages_nobody(client, people, unit):
    Colleague.objects.create(user=people.stranger, organisation=unit.organisation, role="fills_in")
    client.force_login(people.stranger)
    assert client.post(url(unit, "people"), {"email": "x@example.com", "role": "owns"}).status_code == 422
    assert client.post(url(unit, "people"), {"email": "x@example.com", "role": "submits"}).status_code == 403
    assert client.post(url(unit, "person", "own"), {"user": people.member.pk}).status_code == 403
    assert client.post(url(unit, "leaving"), {"effective_on": "2030-01-01", "reason": "x", "is_meant": "on"}).status_code == 403


def test_who_acts_for_the_unit_is_not_invited_and_that_is_said_at_the_address(mine, people, unit):
    page = mine.post(url(unit, "people"), {"email": people.member.email, "role": "submits", "department": "战略发展部"})
    assert (page.status_code, page.context["form"].errors) == (422, {"email": ["此人已在门户中代表本单位办理事务。"]})
    assert "战略发展部" in page.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_is_taken_back(mine, people, unit):
    mine.post(url(unit, "people"), {"email": "new@example.org", "role": "submits"})
    invitation = Invitation.objects.get()
    mine.post(reverse("applications:invitation", args=[invitation.uuid, "revoke"]))
    invitation.refresh_from_db()
    assert invitation.state == "revoked"


def test_who_asks_to_be_let_in_is_let_in_here(mine, people, unit):
    told = unit.organisation
    asked = JoinRequest.objects.create(organisation=told, reg_no=told.reg_no, jurisdiction=told.jurisdiction, user=people.stranger)
    assert people.stranger.email in mine.get(url(unit, "people")).content.decode()
    answer = mine.post(reverse("applications:join_request", args=[asked.uuid, "grant"]), {"role": "submits"})
    assert answer.url == url(unit, "people")


# ── Letters ──


def test_letters_are_the_unit_s_alone_and_each_is_listed_once(mine, people, unit):
    for reader in (people.member, Colleague.objects.create(user=people.stranger, organisation=unit.organisation, role="fills_in").user):
        factories.letter(unit, recipient=reader, state="sent", subject="会员资格")
    factories.letter(unit, recipient=people.officer, state="sent", subject="致秘书处")
    factories.letter(people.units["council"], recipient=people.council, state="sent", subject="别的单位")
    factories.letter(unit, recipient=people.member, state="draft", subject="未发出")
    page = mine.get(url(unit, "papers"))
    assert [letter.subject for letter in page.context["letters"]] == ["会员资格"]
    foreign = Letter.objects.get(subject="别的单位")
    assert mine.get(url(unit, "letter", foreign.uuid)).status_code == 404
    assert mine.get(url(unit, "letter", page.context["letters"][0].uuid)).status_code == 200


def test_papers_of_the_unit_can_be_taken(mine, people, unit):
    paper = factories.paper(unit, by=people.clerk)
    assert [each.pk for each in mine.get(url(unit, "papers")).context["papers"]] == [paper.pk]
    assert mine.get(paper.get_absolute_url()).status_code == 200


def test_a_paper_says_that_its_day_is_the_one_on_which_it_was_made(mine, people, unit):
    paper = factories.paper(unit, by=people.clerk)
    assert f"{paper.number} · 制作日期：" in mine.get(url(unit, "papers")).content.decode()


# ── Nominations ──


def test_a_unit_sees_whom_it_recommended_and_what_became_of_it(mine, people, unit):
    assert "本单位推荐的提名" not in mine.get(url(unit, "overview")).content.decode()
    other = people.units["council"]
    factories.nomination(other, "declined", kind="recommended", recommender=unit)
    page = mine.get(url(unit, "overview"))
    assert [(each.unit, each.state) for each in page.context["recommended"]] == [(other, "declined")]
    for said in ("本单位推荐的提名", other.organisation.name, "被提名方不接受提名", "不接受提名或退出"):
        assert said in page.content.decode()
    mine.force_login(people.council)
    assert not mine.get(url(other, "overview")).context["recommended"]


# ── Groups ──


def test_a_unit_wishes_withdraws_and_wishes_again(mine, unit):
    body = Body.objects.create(kind="working_group", name="演示标准组", name_hant="演示標準組", name_en="Demo Group on Standards")
    for _twice in range(2):
        mine.post(url(unit, "wish"), {"body": str(body.uuid), "kind": "join"})
    wish = Wish.objects.get()
    assert (wish.state, wish.kind) == ("open", "join")
    mine.post(url(unit, "withdraw_wish", wish.pk))
    mine.post(url(unit, "wish"), {"body": str(body.uuid), "kind": "join"})
    assert list(Wish.objects.order_by("id").values_list("state", flat=True)) == ["withdrawn", "open"]
    assert mine.post(url(unit, "wish"), {"body": str(body.uuid), "kind": "host"}).status_code == 404
    assert mine.post(url(unit, "wish"), {"body": "nonsense"}).status_code == 404


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "演示标准组"), ("zh-hant", "演示標準組"), ("en", "Demo Group on Standards")])
def test_a_body_is_named_in_the_reader_s_language(mine, unit, language, name):
    Body.objects.create(kind="working_group", name="演示标准组", name_hant="演示標準組", name_en="Demo Group on Standards")
    mine.post(reverse("set_language"), {"language": language})
    assert f"<h3>{name}</h3>" in mine.get(url(unit, "groups")).content.decode()
    with translation.override(language):
        assert name in dict(GROUPS.choices).values()


def test_a_unit_leaves_what_it_is_a_member_of_and_nothing_that_it_hosts(mine, unit):
    branch = factories.branch()
    member, host = (unit.body_tenures.create(body=branch, post=post, begins_on=clock.today()) for post in ("member", "host"))
    assert mine.post(url(unit, "leave_body", member.pk)).status_code == 302
    assert mine.post(url(unit, "leave_body", host.pk)).status_code == 409
    member.refresh_from_db()
    host.refresh_from_db()
    assert (member.ended_on, host.ended_on) == (clock.today(), None)


def test_another_unit_s_place_and_wish_are_not_found(mine, people, unit):
    theirs = people.units["council"]
    place, wish = theirs.body_tenures.create(body=factories.branch(), begins_on=clock.today()), factories.wish(theirs)
    assert mine.post(url(unit, "leave_body", place.pk)).status_code == 404
    assert mine.post(url(unit, "withdraw_wish", wish.pk)).status_code == 404


# ── Leaving ──


def test_notice_is_given_and_taken_back(mine, unit):
    day = clock.today() + timedelta(days=30)
    assert mine.post(url(unit, "leaving"), {"effective_on": "2020-01-01", "reason": "x", "is_meant": "on"}).status_code == 422
    mine.post(url(unit, "leaving"), {"effective_on": day.isoformat(), "reason": "业务调整", "is_meant": "on"})
    given = Resignation.objects.get()
    assert (given.unit, given.effective_on, given.state) == (unit, day, "given")
    assert "业务调整" in mine.get(url(unit, "leaving")).content.decode()
    mine.post(url(unit, "stay"))
    given.refresh_from_db()
    assert given.state == "withdrawn"


# ── Who sees what ──


def test_a_unit_chooses_who_sees_what(mine, client, people, unit):
    type(unit.organisation).objects.filter(pk=unit.organisation_id).update(
        main_business="燃料电池电堆", website="https://unit.example.org/"
    )
    form = mine.get(url(unit, "visibility")).context["form"]
    chosen = {bound.name: bound.value() for bound in form}
    assert mine.post(url(unit, "visibility"), chosen | {"main_business": "nobody"}).status_code == 422
    mine.post(url(unit, "visibility"), chosen | {"main_business": "public", "website": "secretariat"})
    client.logout()
    page = client.get(reverse("members:unit", args=[unit.number])).content.decode()
    assert ("燃料电池电堆" in page, "unit.example.org" in page) == (True, False)


def test_the_representative_alone_agrees_to_be_named(mine, people, unit):
    owner = Colleague.objects.create(user=people.stranger, organisation=unit.organisation, role="submits").user
    unit.representatives.update(name="贺范七")
    mine.post(url(unit, "naming", "agree"))
    public = reverse("members:unit", args=[unit.number])
    assert "贺范七" in mine.get(public).content.decode()
    mine.force_login(owner)
    assert mine.post(url(unit, "naming", "take-back")).status_code == 404
    mine.force_login(people.member)
    mine.post(url(unit, "naming", "take-back"))
    assert "贺范七" not in mine.get(public).content.decode()


def test_the_directory_finds_what_was_changed(mine, client, people, unit):
    ask_for_changes(unit, {"short_name": "湾芯演示"}, by=people.member)
    client.logout()
    assert unit.organisation.name in client.get(reverse("members:directory"), {"q": "湾芯"}).content.decode()
