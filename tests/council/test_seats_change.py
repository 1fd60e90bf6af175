"""Who acts for the chair, who is co-opted, and how one term follows another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance import clock
from alliance.workflow import NotAllowed, Refused
from council import workflow
from council.choices import Cause
from council.models import ActingChair, HonoraryChair, Seat, UnitTenure
from members import workflow as membership
from members.choices import Assembly, Direction, Matter, Tier
from members.models import Rule, Sanction, Term
from tests import factories

VICE = {"tier": Tier.VICE_CHAIR, "direction": Direction.ELECTRIC}


@pytest.fixture
def vice(people):
    return factories.seated(factories.unit(), by=people.secretary, **VICE)


def by_council(**changes):
    return factories.resolution(meeting=factories.meeting(assembly=Assembly.COUNCIL), subject="增补理事单位", **changes)


def test_a_vice_chair_acts_while_the_chair_is_vacant_and_no_longer(people, vice):
    chair = factories.seated(factories.unit(), by=people.secretary)
    with pytest.raises(Refused):
        workflow.act_for_chair(vice, by=people.officer)
    workflow.leave_seat(chair, by=people.officer, cause=Cause.GAVE_UP, reason="工作变动")
    workflow.act_for_chair(vice, by=people.officer)
    with pytest.raises(Refused):
        workflow.act_for_chair(factories.seated(factories.unit(), by=people.secretary, **VICE), by=people.officer)
    factories.seated(factories.unit(), by=people.secretary)
    acting = ActingChair.objects.get()
    assert (acting.tenure, acting.ended_on, vice.ended_on) == (vice, clock.today(), None)


def test_the_unit_s_own_page_says_that_it_acts_for_the_chair(people, client):
    vice = factories.seated(people.units["member"], by=people.secretary, **VICE)
    client.force_login(people.member)
    page = reverse("myunit:overview", args=[vice.unit.number])
    before = client.get(page).content.decode()
    workflow.act_for_chair(vice, by=people.officer)
    assert ["代行理事长单位职责" in before, "代行理事长单位职责" in client.get(page).content.decode()] == [False, True]


def test_whoever_leaves_its_seat_does_not_act_any_more(people, vice):
    workflow.act_for_chair(vice, by=people.officer)
    workflow.leave_seat(vice, by=people.officer, cause=Cause.RECALLED, reason="理事会决议")
    assert ActingChair.objects.get().ended_on == clock.today()
    assert UnitTenure.objects.get(pk=vice.pk).cause == Cause.RECALLED


def test_only_a_vice_chair_acts_and_the_acting_can_be_ended(people, vice):
    director = factories.seated(factories.unit(), by=people.secretary, tier=Tier.DIRECTOR, direction=Direction.ICV)
    with pytest.raises(Refused):
        workflow.act_for_chair(director, by=people.officer)
    with pytest.raises(NotAllowed):
        workflow.act_for_chair(vice, by=people.member)
    workflow.act_for_chair(vice, by=people.officer)
    workflow.end_acting(vice, by=people.officer, reason="理事会决议")
    with pytest.raises(Refused):
        workflow.end_acting(vice, by=people.officer, reason="理事会决议")


def test_only_an_election_or_a_co_option_gives_a_seat(people):
    seat, unit = Seat.objects.vacant().first(), factories.unit()
    with pytest.raises(IntegrityError, match="a_seat_is_taken_by_election_or_co_option"), transaction.atomic():
        UnitTenure.objects.create(seat=seat, term=seat.term, unit=unit, begins_on=clock.today())


def test_five_of_twenty_five_are_co_opted_and_the_sixth_needs_an_election(people):
    resolution = by_council()
    seats = list(Seat.objects.vacant().filter(tier=Tier.DIRECTOR))
    for seat in seats[:5]:
        workflow.co_opt(seat, unit=factories.unit(), resolution=resolution, by=people.officer)
    assert (workflow.co_options(factories.term()).taken, workflow.co_options(factories.term()).most) == (5, 5)
    with pytest.raises(Refused, match="已增补 5 席，上限 5 席"):
        workflow.co_opt(seats[5], unit=factories.unit(), resolution=resolution, by=people.officer)
    workflow.leave_seat(seats[0].tenures.get(), by=people.officer, cause=Cause.GAVE_UP, reason="工作变动")
    with pytest.raises(Refused):  # counted over the term, whether or not they still sit
        workflow.co_opt(seats[0], unit=factories.unit(), resolution=resolution, by=people.officer)


def test_a_co_opted_seat_that_is_handed_on_counts_once_and_one_that_is_filled_again_twice(people):
    resolution, seat = by_council(), Seat.objects.vacant().filter(tier=Tier.DIRECTOR).first()
    first, successor = factories.unit(), factories.unit()
    held = workflow.co_opt(seat, unit=first, resolution=resolution, by=people.officer)
    membership.merge(first, by=people.officer, successor=successor, on=clock.today(), document="核准通知书")
    taken = workflow.hand_on(held, by=people.officer)
    assert workflow.co_options(factories.term()).taken == 1
    workflow.hand_back(taken, by=people.officer)
    assert workflow.co_options(factories.term()).taken == 1
    held.refresh_from_db()
    workflow.vacate(held, on=clock.today(), reason="单位已并入", cause=Cause.LEFT, by=people.officer)
    workflow.co_opt(seat, unit=factories.unit(), resolution=resolution, by=people.officer)
    assert workflow.co_options(factories.term()).taken == 2


def test_the_council_co_opts_by_a_resolution_that_passed(people):
    seat, unit = Seat.objects.vacant().filter(tier=Tier.DIRECTOR).first(), factories.unit()
    for resolution in (factories.resolution(), by_council(in_favour=1, against=7)):
        with pytest.raises(Refused):
            workflow.co_opt(seat, unit=unit, resolution=resolution, by=people.officer)
    with pytest.raises(NotAllowed):
        workflow.co_opt(seat, unit=unit, resolution=by_council(), by=people.member)


def test_the_chair_is_elected_and_never_co_opted(people):
    chair = Seat.objects.get(term=factories.term(), tier=Tier.CHAIR)
    with pytest.raises(Refused, match="理事长单位由理事会选举"):
        workflow.co_opt(chair, unit=factories.unit(), resolution=by_council(), by=people.officer)
    assert not chair.tenures.exists()


def test_a_seat_for_which_units_are_nominated_is_not_co_opted_while_the_call_runs(people):
    seat = Seat.objects.vacant().filter(tier=Tier.DIRECTOR, direction=Direction.HYDROGEN).first()
    call = factories.call()
    factories.nomination(factories.unit(), "consented", call=call)
    with pytest.raises(Refused, match="提名征集"):
        workflow.co_opt(seat, unit=factories.unit(), resolution=by_council(), by=people.officer)
    factories.call("settled")
    workflow.co_opt(seat, unit=factories.unit(), resolution=by_council(), by=people.officer)


def test_what_decided_something_else_fills_no_seat_and_is_not_offered(client, people):
    seat, ours, other = Seat.objects.vacant().filter(tier=Tier.DIRECTOR).first(), by_council(), by_council()
    Sanction.objects.create(unit=factories.unit(), kind="warning", reason="逾期未报", resolution=other, by=people.officer)
    with pytest.raises(Refused, match="另有所决"):
        workflow.co_opt(seat, unit=factories.unit(), resolution=other, by=people.officer)
    client.force_login(people.officer)
    form = client.get(reverse("admin:council_seat_co_opt", args=[seat.pk])).context["form"]
    assert [*form.fields["resolution"].queryset] == [ours]


def test_the_office_co_opts_on_the_seat_s_page_and_a_wrong_number_is_said_at_the_field(client, people):
    client.force_login(people.officer)
    seat, unit, resolution = Seat.objects.vacant().filter(tier=Tier.DIRECTOR).first(), factories.unit(), by_council()
    assert "本届已增补 0 席，上限 5 席" in client.get(reverse("admin:council_seat_change", args=[seat.pk])).content.decode()
    address = reverse("admin:council_seat_co_opt", args=[seat.pk])
    wrong = client.post(address, {"unit": "GBANEV-9999", "resolution": resolution.pk})
    assert "没有使用该编号的" in wrong.content.decode()
    client.post(address, {"unit": unit.number, "resolution": resolution.pk})
    assert UnitTenure.objects.get(seat=seat).resolution == resolution


def test_the_next_term_has_the_seats_and_rules_of_this_one(people):
    term = factories.term()
    Rule.objects.create(
        term=term,
        matter=Matter.DIRECTORS,
        rule_numerator=1,
        rule_denominator=2,
        rule_inclusive=True,
        rule_base="valid",
        source="章程（样例）",
    )
    following = workflow.open_term(term, by=people.secretary)
    plan = "number", "tier", "direction"
    assert list(following.seats.order_by("number").values_list(*plan)) == list(term.seats.order_by("number").values_list(*plan))
    assert following.rule(Matter.DIRECTORS).source == "章程（样例）"
    assert term.rules.count() == 1
    with pytest.raises(Refused):
        workflow.open_term(term, by=people.secretary)


def test_the_old_council_hands_over_on_the_new_term_s_first_day(people, vice):
    term = factories.term()
    Term.objects.filter(pk=term.pk).update(begins_on=clock.today() - timedelta(days=1800), ends_on=clock.today() + timedelta(days=20))
    term.refresh_from_db()
    following = workflow.open_term(term, by=people.secretary)
    with pytest.raises(Refused):
        workflow.begin_term(following, begins_on=clock.today(), by=people.secretary)  # nobody is elected to it
    unit = factories.unit()
    elected = workflow.take_office(
        unit, unit.representative, term=following, tier=Tier.CHAIR, direction="", by=people.secretary, resolution=by_council()
    )
    assert UnitTenure.objects.running().filter(term=term).exists()
    workflow.begin_term(following, begins_on=clock.today(), by=people.secretary)
    vice.refresh_from_db()
    term.refresh_from_db()
    assert (vice.cause, vice.ended_on, term.ends_on) == (Cause.TERM_ENDED, clock.today(), clock.today() - timedelta(days=1))
    assert (elected.ended_on, Term.objects.current()) == (None, following)


def test_the_roster_names_only_who_agreed_to_be_named(client, people, vice):
    roster = reverse("council:roster")
    person = people.units["council"].representative
    type(person).objects.filter(pk=person.pk).update(name="顾演一")
    person.refresh_from_db()
    HonoraryChair.objects.create(term=factories.term(), name="许示十", affiliation="演示大学", begins_on=clock.today())
    page = client.get(roster).content.decode()
    assert people.units["council"].organisation.name in page
    assert person.name not in page
    assert "许示十" not in page
    HonoraryChair.objects.update(consented_on=clock.today())
    membership.agree_to_be_named(person, by=people.council, language="zh-hans")
    page = client.get(roster).content.decode()
    assert person.name in page
    assert "许示十" in page
    membership.take_back_name(person, by=people.council)
    assert person.name not in client.get(roster).content.decode()


def test_the_secretary_general_turns_the_term_on_its_page(client, people, vice):
    term = factories.term()
    Term.objects.filter(pk=term.pk).update(begins_on=clock.today() - timedelta(days=1800), ends_on=clock.today() + timedelta(days=20))
    page = reverse("admin:members_term_change", args=[term.pk])
    turn = reverse("admin:members_term_turn", args=[term.pk, "open_term"])
    client.force_login(people.officer)
    assert turn not in client.get(page).content.decode()
    assert client.post(turn).status_code == 404
    client.force_login(people.secretary)
    assert turn in client.get(page).content.decode()
    client.post(turn)
    following = Term.objects.get(number=2)
    begin = reverse("admin:members_term_turn", args=[following.pk, "begin_term"])
    assert begin in client.get(reverse("admin:members_term_change", args=[following.pk])).content.decode()
    refused = client.post(begin, {"begins_on": clock.today().isoformat()})
    assert refused.status_code == 409
    assert "尚未选出" in refused.content.decode()


def test_a_call_s_page_sets_the_shortlisted_beside_the_members(client, people):
    call = factories.call()
    for _n in range(2):
        factories.nomination(factories.listed(unit_type="university"), call=call)
    factories.listed(unit_type="enterprise")
    client.force_login(people.officer)
    (kinds, *_others) = client.get(reverse("admin:council_call_change", args=[call.pk])).context["strips"]
    assert {ours.word: (ours.count, theirs.count) for ours, theirs in kinds.pairs}["高校院所"][0] == 2
