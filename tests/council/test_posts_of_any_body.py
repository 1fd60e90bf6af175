"""Contests for the expert committee and the secretary-general, and the election in two steps."""

from __future__ import annotations

import pytest

from alliance import clock
from alliance.workflow import NotAllowed, Refused
from council import workflow
from council.election import Votes
from council.models import Candidate, Contest, Seat, UnitTenure
from members.choices import BodyKind, Direction, Post, Tier
from members.models import Body, BodyTenure, Expert
from tests import factories


def body(kind: BodyKind) -> Body:
    return Body.objects.get(kind=kind)


def contest_for(people, kind: BodyKind, post: Post, seats: int, *stand: dict, voters: int = 3) -> Contest:
    """A contest for a post of a body at a meeting of a few units."""
    meeting = factories.meeting(units=[factories.unit() for _ in range(voters)])
    made = Contest.objects.create(meeting=meeting, term=factories.term(), kind="body", body=body(kind), post=post, seats=seats)
    for each in stand:
        Candidate.objects.create(contest=made, **each)
    return made


def elected(made: Contest, *in_favour: int) -> Contest:
    """Counted, announced and certified: so many for each, the rest against."""
    if made.state == "prepared":
        workflow.start_voting(made, by=factories.user("李范二", "officer"))
    present = made.snapshot["present"]
    votes = {c.pk: Votes(n, present - n, 0) for c, n in zip(made.candidates.order_by("place"), in_favour, strict=True)}
    factories.counted(made, issued=present, returned=present, invalid=0, votes=votes)
    return factories.certified(made)


def test_experts_are_elected_to_the_committee(people):
    experts = [factories.expert() for _ in range(3)]
    made = contest_for(people, BodyKind.EXPERTS, Post.MEMBER, 2, *({"expert": each} for each in experts))
    elected(made, 3, 2, 1)
    sit = BodyTenure.objects.filter(body=body(BodyKind.EXPERTS), ended_on=None)
    assert {tenure.expert for tenure in sit} == set(experts[:2])
    assert set(made.body_tenures.all()) == set(sit)


def test_the_secretary_general_is_elected_by_name_and_there_is_one(people):
    made = contest_for(people, BodyKind.SECRETARIAT, Post.SECRETARY_GENERAL, 1, {"person": "王例三"}, {"unit": people.units["member"]})
    elected(made, 2, 1)
    tenure = BodyTenure.objects.get(body=body(BodyKind.SECRETARIAT), post=Post.SECRETARY_GENERAL)
    assert (tenure.person, tenure.unit, tenure.begins_on) == ("王例三", None, clock.today())
    again = contest_for(people, BodyKind.SECRETARIAT, Post.SECRETARY_GENERAL, 1, {"person": "张示一"})
    with pytest.raises(Refused):
        workflow.start_voting(again, by=people.officer)


def test_a_unit_s_person_may_be_secretary_general(people):
    unit = people.units["member"]
    elected(contest_for(people, BodyKind.SECRETARIAT, Post.SECRETARY_GENERAL, 1, {"unit": unit}), 3)
    tenure = BodyTenure.objects.get(post=Post.SECRETARY_GENERAL)
    assert (tenure.unit, tenure.person) == (unit, unit.representative.name)


def test_an_expert_who_retired_is_named_at_the_start_and_at_the_end(people):
    gone, stays = factories.expert(), factories.expert()
    made = contest_for(people, BodyKind.EXPERTS, Post.MEMBER, 2, {"expert": gone}, {"expert": stays})
    Expert.objects.filter(pk=gone.pk).update(retired_on=gone.listed_on)
    with pytest.raises(Refused, match=gone.name):
        workflow.start_voting(made, by=people.officer)
    Expert.objects.filter(pk=gone.pk).update(retired_on=None)
    workflow.start_voting(made, by=people.officer)
    Expert.objects.filter(pk=gone.pk).update(retired_on=gone.listed_on)
    with pytest.raises(Refused, match=gone.name):
        elected(made, 3, 3)
    assert not BodyTenure.objects.exists()


def test_a_correction_ends_the_tenure_in_a_body_and_begins_the_right_one(people):
    experts = [factories.expert() for _ in range(2)]
    made = elected(contest_for(people, BodyKind.EXPERTS, Post.MEMBER, 1, *({"expert": each} for each in experts)), 3, 0)
    first, second = made.candidates.order_by("place")
    figures = {"issued": 3, "returned": 3, "invalid": 0, "votes": {first.pk: Votes(0, 3, 0), second.pk: Votes(3, 0, 0)}}
    workflow.propose_correction(made, by=people.officer, reason="登反。", **figures)
    workflow.certify_correction(made, by=people.secretary)
    assert [tenure.expert for tenure in made.body_tenures.filter(ended_on=None)] == [experts[1]]
    assert made.body_tenures.get(expert=experts[0]).end_reason


def test_an_expert_who_sits_already_is_named_and_nothing_is_certified(people):
    expert = factories.expert()
    sits = {"body": body(BodyKind.EXPERTS), "post": Post.MEMBER, "expert": expert, "begins_on": clock.today()}
    BodyTenure.objects.create(**sits)
    made = contest_for(people, BodyKind.EXPERTS, Post.MEMBER, 1, {"expert": expert})
    with pytest.raises(Refused, match=expert.name):
        elected(made, 3)
    made.refresh_from_db()
    assert made.state == "signed"


# ── two steps ──


@pytest.fixture
def first_step(people):
    """Four units for the council, of five that stand."""
    units = [factories.unit() for _ in range(6)]
    made = Contest.objects.create(meeting=factories.meeting(units=units), term=factories.term(), kind="units", seats=4)
    for unit in units[:5]:
        Candidate.objects.create(contest=made, nomination=factories.nomination(unit))
    return made


def second_step(first: Contest, stand: list[int], **post) -> Contest:
    made = Contest.objects.create(meeting=first.meeting, term=first.term, drawn_from=first, seats=1, **post)
    for place in stand:
        Candidate.objects.create(contest=made, unit=first.candidates.get(place=place).unit)
    return made


def test_first_the_units_then_chair_and_vice_chairs_of_them_by_their_votes_then_the_rest(first_step, people):
    elected(first_step, 6, 6, 6, 5, 0)
    assert not UnitTenure.objects.filter(contest=first_step).exists()
    chair = second_step(first_step, [1, 2], tier=Tier.CHAIR)
    vice = second_step(first_step, [2], tier=Tier.VICE_CHAIR, direction=Direction.ELECTRIC)
    workflow.start_voting(chair, by=people.officer)
    assert (chair.snapshot["eligible"], chair.snapshot["present"]) == (4, 4)
    with pytest.raises(Refused):
        workflow.seat_directors(first_step, by=people.secretary, directions={})
    elected(chair, 4, 0)
    elected(vice, 4)
    rest = {each.unit.pk: Direction.HYDROGEN for each in workflow.without_seat(first_step)}
    assert len(rest) == 2
    with pytest.raises(NotAllowed):
        workflow.seat_directors(first_step, by=people.officer, directions=rest)
    with pytest.raises(Refused):
        workflow.seat_directors(first_step, by=people.secretary, directions={})
    workflow.seat_directors(first_step, by=people.secretary, directions=rest)
    by_tier = {tier: UnitTenure.objects.filter(seat__tier=tier, ended_on=None).count() for tier in Tier}
    assert by_tier == {Tier.CHAIR: 1, Tier.VICE_CHAIR: 1, Tier.DIRECTOR: 2}
    assert Seat.objects.vacant().filter(term=factories.term()).count() == 21


def test_only_those_elected_in_the_first_step_stand_in_the_second_and_it_is_certified_first(first_step, people):
    chair = Contest.objects.create(meeting=first_step.meeting, term=first_step.term, drawn_from=first_step, tier=Tier.CHAIR, seats=1)
    outsider = factories.unit()
    Candidate.objects.create(contest=chair, unit=outsider)
    with pytest.raises(Refused, match=str(first_step)):
        workflow.start_voting(chair, by=people.officer)
    elected(first_step, 6, 6, 6, 5, 0)
    with pytest.raises(Refused, match=outsider.organisation.name):
        workflow.start_voting(chair, by=people.officer)


def test_a_direction_that_is_full_is_told_with_the_unit_s_name_and_nobody_is_seated(first_step, people):
    for unit in [factories.unit() for _ in range(3)]:
        factories.seated(unit, by=people.secretary, tier=Tier.DIRECTOR, direction=Direction.HYDROGEN)
    elected(first_step, 6, 6, 6, 5, 0)
    rest = {each.unit.pk: Direction.HYDROGEN for each in workflow.without_seat(first_step)}
    with pytest.raises(Refused, match="演示|有限公司|单位"):
        workflow.seat_directors(first_step, by=people.secretary, directions=rest)
    assert not UnitTenure.objects.filter(contest=first_step).exists()


def test_the_form_of_the_rest_says_how_many_seats_a_direction_has(first_step, people):
    from council.forms.contests import DirectionsForm

    elected(first_step, 6, 6, 6, 5, 0)
    form = DirectionsForm(None, things=[first_step])
    typed = dict.fromkeys(form.fields, "hydrogen")
    assert DirectionsForm(typed, things=[first_step]).is_valid()
    for unit in [factories.unit() for _ in range(2)]:
        factories.seated(unit, by=people.secretary, tier=Tier.DIRECTOR, direction=Direction.HYDROGEN)
    told = DirectionsForm(typed, things=[first_step]).errors
    assert len(told) == 2
    assert "4" in str(told)


def test_the_first_step_is_not_corrected_away_beneath_those_who_sit_by_the_second(first_step, people):
    elected(first_step, 6, 6, 6, 5, 0)
    elected(second_step(first_step, [1], tier=Tier.CHAIR), 4)
    places = first_step.candidates.order_by("place")
    votes = {c.pk: Votes(n, 6 - n, 0) for c, n in zip(places, (0, 6, 6, 5, 6), strict=True)}
    workflow.propose_correction(first_step, by=people.officer, reason="登反。", issued=6, returned=6, invalid=0, votes=votes)
    with pytest.raises(Refused, match=places[0].unit.organisation.name):
        workflow.certify_correction(first_step, by=people.secretary)
