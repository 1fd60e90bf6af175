"""Once a year every unit says that what the register holds of it is right: in the portal or on paper, as it stands or with changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance import clock
from alliance.exchange.outgoing import SHEETS
from alliance.letters.models import Letter
from alliance.workflow import TIMETABLE, NotAllowed, Refused, WrongState
from members import reminders, workflow
from members.models import Campaign, Confirmation, MemberUnit, Organisation
from members.models.campaign import digest_of
from members.workflow.confirming import a_year_after
from members.workflow.requesting import ask_for_changes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(people):
    """Both units are there before anything is counted."""
    return people.here()


@pytest.fixture
def campaign(people):
    return factories.campaign(by=people.officer)


def mine(campaign, people):
    return campaign.confirmations.select_related("campaign", "unit__organisation").get(unit=people.units["member"])


def test_opening_asks_every_unit_that_belongs_and_nobody_else(people):
    left = factories.unit(state="resigned", ended_on=clock.today())
    suspended = factories.unit(state="suspended")
    campaign = factories.campaign(by=people.officer)
    asked = set(campaign.confirmations.values_list("unit", flat=True))
    assert asked == set(MemberUnit.objects.running().values_list("pk", flat=True))
    assert (suspended.pk in asked, left.pk in asked) == (True, False)
    assert set(Letter.objects.filter(template="confirmation_asked").values_list("recipient", flat=True)) == {
        people.member.pk,
        people.council.pk,
    }
    factories.unit()
    assert campaign.confirmations.count() == len(asked)


def test_the_letter_gives_the_last_day_until_its_end(people, campaign):
    last = f"{campaign.due_on.year}年{campaign.due_on.month}月{campaign.due_on.day}日"
    assert f"请于{last}24时前完成" in Letter.objects.filter(template="confirmation_asked", recipient=people.member).get().body


def test_the_next_year_is_planned_and_opens_on_its_day(people, campaign):
    following = Campaign.objects.get(year=campaign.year + 1)
    assert (following.state, following.opens_on, following.due_on) == (
        "planned",
        a_year_after(campaign.opens_on),
        a_year_after(campaign.due_on),
    )
    workflow.close_campaign(campaign, by=people.officer)
    workflow.open_due()
    following.refresh_from_db()
    assert following.state == "planned"
    with clock.at(clock.midnight(following.opens_on)):
        workflow.open_due()
        workflow.open_due()
    following.refresh_from_db()
    assert (following.state, following.confirmations.count()) == ("open", MemberUnit.objects.running().count())


def test_while_one_runs_the_next_waits(people, campaign):
    following = Campaign.objects.get(year=campaign.year + 1)
    with clock.at(clock.midnight(following.opens_on)):
        workflow.open_due()
        with pytest.raises(Refused):
            workflow.open_campaign(following, by=people.officer)
    following.refresh_from_db()
    assert following.state == "planned"


def test_the_timetable_opens_nothing_before_its_day(people):
    made = Campaign.objects.create(year=2030, opens_on=clock.today() + timedelta(days=3), due_on=clock.today() + timedelta(days=40))
    with pytest.raises(NotAllowed):
        workflow.open_campaign(made, by=TIMETABLE)


def test_what_is_due_already_is_not_opened(people):
    made = Campaign.objects.create(year=2030, opens_on=clock.today() - timedelta(days=9), due_on=clock.today())
    with pytest.raises(Refused):
        workflow.open_campaign(made, by=people.officer)


def test_a_leap_day_comes_back_as_the_28th():
    from datetime import date

    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


# ── The unit's word ──


def test_a_unit_confirms_what_it_has_seen(people, campaign):
    confirmation = mine(campaign, people)
    workflow.confirm(confirmation, by=people.member, seen=digest_of(confirmation.unit))
    confirmation.refresh_from_db()
    assert (confirmation.state, confirmation.way, confirmation.confirmed_by) == ("confirmed", "portal", people.member)
    assert confirmation.digest == digest_of(confirmation.unit)
    with pytest.raises(WrongState):
        workflow.confirm(confirmation, by=people.member, seen=digest_of(confirmation.unit))


def test_figures_have_their_units_and_who_acts_for_the_unit_is_shown(client, people, campaign):
    Organisation.objects.filter(pk=mine(campaign, people).unit.organisation_id).update(
        registered_capital=992, currency="HKD", staff_total=391
    )
    client.force_login(people.member)
    page = client.get(reverse("myunit:confirmation", args=[people.units["member"].number])).content.decode()
    assert "992</span> <small>万港元</small>" in page
    assert "391</span> <small>人</small>" in page
    assert f"{people.member} · {people.member.email}" in page


def test_what_has_changed_since_is_not_confirmed_unseen(people, campaign):
    confirmation = mine(campaign, people)
    seen = digest_of(confirmation.unit)
    Organisation.objects.filter(pk=confirmation.unit.organisation_id).update(website="https://example.org/")
    with pytest.raises(Refused):
        workflow.confirm(mine(campaign, people), by=people.member, seen=seen)


def test_a_unit_confirms_with_changes(people, campaign):
    confirmation = mine(campaign, people)
    _at_once, request = ask_for_changes(confirmation.unit, {"scale": "small"}, by=people.member)
    workflow.confirm_with_changes(confirmation, by=people.member, request=request)
    assert (confirmation.state, confirmation.request) == ("changed", request)
    other = campaign.confirmations.get(unit=people.units["council"])
    with pytest.raises(Refused):
        workflow.confirm_with_changes(other, by=people.council, request=request)


def test_nobody_confirms_for_another_unit_or_after_the_closing(people, campaign):
    confirmation = mine(campaign, people)
    for role in ("stranger", "council", "officer"):
        with pytest.raises(NotAllowed):
            workflow.confirm(confirmation, by=getattr(people, role), seen=digest_of(confirmation.unit))
    workflow.close_campaign(campaign, by=people.officer)
    with pytest.raises(NotAllowed):
        workflow.confirm(mine(campaign, people), by=people.member, seen=digest_of(confirmation.unit))


def test_the_office_enters_what_came_on_paper(people, campaign):
    confirmation = mine(campaign, people)
    with pytest.raises(Refused):
        workflow.record_confirmation(confirmation, by=people.clerk, received_on=clock.today() + timedelta(days=1), note="甲柜")
    workflow.record_confirmation(confirmation, by=people.clerk, received_on=clock.today(), note="甲柜")
    assert (confirmation.state, confirmation.way, confirmation.note) == ("confirmed", "paper", "甲柜")


def test_a_unit_stands_once_on_a_campaign(people, campaign):
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(campaign=campaign, unit=people.units["member"])


# ── Reminders ──


@pytest.mark.parametrize(("left", "goes"), [(31, None), (30, 30), (29, 30), (14, 14), (8, 14), (7, 7), (1, 1), (0, 0), (-1, None)])
def test_a_reminder_holds_from_its_day_to_the_next_one(campaign, left, goes):
    with clock.at(clock.midnight(campaign.due_on - timedelta(days=left))):
        assert reminders.occasion(campaign) == goes


def test_nobody_is_reminded_twice_or_once_they_have_confirmed(people, campaign):
    confirmation = mine(campaign, people)
    workflow.confirm(confirmation, by=people.member, seen=digest_of(confirmation.unit))
    with clock.at(clock.midnight(campaign.due_on - timedelta(days=7))):
        for _scheduler in range(3):
            reminders.remind()
    assert list(Letter.objects.filter(template="confirmation_near").values_list("recipient", flat=True)) == [people.council.pk]
    with clock.at(clock.midnight(campaign.due_on - timedelta(days=1))):
        reminders.remind()
    assert Letter.objects.filter(template="confirmation_near").count() == 2


def test_many_units_are_asked_in_few_statements(people, django_assert_max_num_queries):
    for _n in range(12):
        factories.unit(factories.user())
    made = Campaign.objects.create(year=2030, opens_on=clock.today(), due_on=clock.today() + timedelta(days=40))
    with django_assert_max_num_queries(40):
        workflow.open_campaign(made, by=people.officer)


# ── The office's pages ──


def test_the_progress_is_counted_by_direction_and_branch(client, people):
    factories.branch("440100", name="广州演示分支")
    factories.unit(main_direction="icv", region="440300")
    campaign = factories.campaign(by=people.officer)
    confirmation = mine(campaign, people)
    workflow.confirm(confirmation, by=people.member, seen=digest_of(confirmation.unit))
    assert campaign.confirmations.by_direction() == {
        "electric": {"asked": 2, "awaited": 1, "confirmed": 1, "changed": 0},
        "icv": {"asked": 1, "awaited": 1, "confirmed": 0, "changed": 0},
    }
    client.force_login(people.officer)
    page = client.get(reverse("admin:members_campaign_change", args=[campaign.pk]))
    branches = {str(branch): counts for branch, counts, _url in page.context["tables"][1][1]}
    assert branches["广州演示分支"] == {"asked": 2, "awaited": 1, "confirmed": 1, "changed": 0}
    assert page.context["total"] == {"asked": 3, "awaited": 2, "confirmed": 1, "changed": 0}


def test_who_has_not_confirmed_leaves_as_a_table(people, campaign):
    rows = SHEETS["confirmations"]().rows([each.pk for each in campaign.confirmations.awaited()], 1)
    assert [row["单位名称"] for row in rows] == [people.units[name].organisation.name for name in ("member", "council")]
    assert (rows[0]["邮箱"], rows[0]["确认状态"], rows[0]["序号"]) == (people.member.email, "未确认", 1)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_lists_and_tables_ask_as_often_however_long_they_are(client, people, count, django_assert_max_num_queries):
    for _n in range(count):
        factories.unit()
    campaign = factories.campaign(by=people.officer)
    client.force_login(people.officer)
    with django_assert_max_num_queries(18):
        assert client.get(reverse("admin:members_confirmation_changelist")).status_code == 200
    with django_assert_max_num_queries(22):
        assert client.get(reverse("admin:members_campaign_change", args=[campaign.pk])).status_code == 200
    keys = [each.pk for each in campaign.confirmations.all()]
    with django_assert_max_num_queries(6):
        SHEETS["confirmations"]().rows(keys, 1)


def test_a_page_confirms_as_it_stands_or_with_what_was_asked(client, people, campaign):
    unit = people.units["member"]
    client.force_login(people.member)
    url = reverse("myunit:confirmation", args=[unit.number])
    seen = client.get(url).context["seen"]
    assert client.post(url, {"seen": "0" * 64}).status_code == 409
    assert client.post(url, {"seen": seen}).status_code == 302
    assert mine(campaign, people).state == "confirmed"
    client.force_login(people.council)
    theirs = people.units["council"]
    _at_once, request = ask_for_changes(theirs, {"scale": "small"}, by=people.council)
    assert client.post(reverse("myunit:confirmation", args=[theirs.number]), {"with_changes": "1"}).status_code == 302
    assert campaign.confirmations.get(unit=theirs).request == request
