"""How a contest is voted on: who may stand is told by name, a quorum with its numbers; frozen when voting starts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from alliance.history.canonical import digest
from alliance.workflow import NotAllowed, Refused, WrongState
from council import workflow
from council.election import Outcome, Votes
from council.models import BallotSheet, Candidate, Contest
from members.choices import Direction, Matter, MeetingState, Tier
from members.models import Rule
from tests import factories

HYDROGEN = {"tier": Tier.DIRECTOR, "direction": Direction.HYDROGEN}


@pytest.fixture
def contest(people):
    return prepared(people, seats=2, candidates=3)


def prepared(people, *, seats, candidates, present=None) -> Contest:
    """A contest for director seats of hydrogen, at a meeting of nine units in session."""
    units = [factories.unit() for _ in range(9)]
    meeting = factories.meeting(MeetingState.OPEN, units=units, present=present)
    made = Contest.objects.create(meeting=meeting, term=factories.term(), seats=seats, **HYDROGEN)
    factories.call("open")
    for unit in units[:candidates]:
        nomination = workflow.nominate(unit, term=factories.term(), reason="骨干单位", by=people.officer, **HYDROGEN)
        workflow.shortlist(nomination, by=people.officer)
        Candidate.objects.create(contest=made, nomination=nomination)
    factories.call("settled")
    return made


def ballots(contest, *in_favour, **changes):
    """Nine ballots with these votes for, candidate by candidate; the rest is against."""
    votes = {candidate.pk: Votes(n, 9 - n, 0) for candidate, n in zip(contest.candidates.order_by("pk"), in_favour, strict=False)}
    return {"issued": 9, "returned": 9, "invalid": 0, "votes": votes} | changes


def counted(contest, *in_favour, **changes) -> Contest:
    return factories.counted(contest, **ballots(contest, *in_favour, **changes))


def test_voting_starts_only_with_a_quorum_and_the_numbers_are_told(people):
    contest = prepared(people, seats=1, candidates=1, present=5)
    with pytest.raises(Refused, match=r"9.*5.*6"):
        workflow.start_voting(contest, by=people.officer)
    attendance = contest.meeting.attendances.filter(signed_in_at=None).first()
    from members.workflow import sign_in

    sign_in(attendance, by=people.officer)
    workflow.start_voting(contest, by=people.officer)
    assert (contest.snapshot["eligible"], contest.snapshot["present"]) == (9, 6)


def test_a_quorum_is_the_term_s_own(people):
    contest = prepared(people, seats=1, candidates=1, present=6)
    Rule.objects.create(
        term=factories.term(), matter=Matter.QUORUM, rule_numerator=3, rule_denominator=4, rule_base="eligible", source="章程第十条"
    )
    with pytest.raises(Refused, match=r"9.*6.*7"):
        workflow.start_voting(contest, by=people.officer)


def test_what_is_voted_on_is_frozen_with_a_digest(contest, people):
    workflow.start_voting(contest, by=people.officer)
    assert digest(contest.snapshot) == contest.snapshot_digest
    with pytest.raises(WrongState):
        workflow.start_voting(contest, by=people.officer)


def test_places_names_and_persons_are_frozen_as_the_ballot_has_them(contest, people):
    last = contest.candidates.order_by("pk").last()
    Candidate.objects.filter(pk=last.pk).update(place=1)
    workflow.start_voting(contest, by=people.officer)
    first = contest.candidates.get(place=1)
    assert first == last
    assert first.called == f"{first.nomination.unit.organisation.name} · {first.nomination.person.name}"
    assert (first.unit, first.representative) == (first.nomination.unit, first.nomination.person)
    assert [each["place"] for each in contest.snapshot["candidates"]] == [1, 2, 3]
    type(first.unit.organisation).objects.filter(pk=first.unit.organisation_id).update(name="改名后的单位")
    assert "改名后" not in str(contest.candidates.get(place=1))


def test_the_rule_is_the_term_s_and_frozen_with_the_vote(contest, people):
    workflow.start_voting(contest, by=people.officer)
    assert contest.snapshot["rule"] == [1, 2, False, "present"]  # directors: more than half of those present
    counted(contest, 8, 7, 3)
    assert contest.least == 5
    Rule.objects.create(term=factories.term(), matter=Matter.DIRECTORS, rule_numerator=9, rule_denominator=10, source="后来的章程")
    assert contest.least == 5


def test_the_chair_is_elected_by_the_leaders_rule(people):
    contest = Contest(term=factories.term(), tier=Tier.CHAIR, seats=1)
    assert contest.matter == Matter.LEADERS
    assert factories.term().rule(contest.matter).threshold.least(25) == 17


def test_a_contest_without_a_sheet_gets_one_of_its_own(contest, people):
    workflow.start_voting(contest, by=people.officer)
    assert contest.sheet.meeting == contest.meeting


@pytest.mark.parametrize(("seats", "choice"), [(3, "equal"), (2, "more"), (4, "fewer")])
def test_whether_there_is_a_choice_follows_from_the_numbers(seats, choice, people):
    contest = prepared(people, seats=seats, candidates=3)
    assert contest.choice == choice
    workflow.start_voting(contest, by=people.officer)
    assert contest.choice == choice


def test_who_is_not_shortlisted_for_the_post_is_named_and_not_voted_on(contest, people):
    first = contest.candidates.first()
    workflow.block(first.nomination, by=people.officer, reason="不符")
    with pytest.raises(Refused, match=first.nomination.unit.organisation.name):
        workflow.start_voting(contest, by=people.officer)


def test_a_suspended_unit_is_named_and_does_not_stand(contest, people):
    unit = contest.candidates.first().nomination.unit
    type(unit).objects.filter(pk=unit.pk).update(state="suspended")
    with pytest.raises(Refused, match=unit.organisation.name):
        workflow.start_voting(contest, by=people.officer)


def test_no_more_seats_are_voted_on_than_are_vacant(people):
    contest = prepared(people, seats=5, candidates=5)
    with pytest.raises(Refused, match=r"5.*4"):
        workflow.start_voting(contest, by=people.officer)


def test_voting_needs_a_meeting_in_session_and_somebody_who_stands(contest, people):
    type(contest.meeting).objects.filter(pk=contest.meeting_id).update(state=MeetingState.CLOSED)
    with pytest.raises(Refused):
        workflow.start_voting(Contest.objects.get(pk=contest.pk), by=people.officer)
    empty = Contest.objects.create(meeting=factories.meeting(units=[factories.unit()]), term=factories.term(), seats=1, **HYDROGEN)
    with pytest.raises(Refused):
        workflow.start_voting(empty, by=people.officer)


def test_a_nomination_is_not_blocked_while_it_is_voted_on(contest, people):
    workflow.start_voting(contest, by=people.officer)
    with pytest.raises(Refused):
        workflow.block(contest.candidates.first().nomination, by=people.officer, reason="不符")


def test_nobody_is_elected_without_a_vote(people):
    contest = prepared(people, seats=1, candidates=1)
    Rule.objects.create(
        term=factories.term(), matter=Matter.DIRECTORS, rule_numerator=1, rule_denominator=2, rule_base="valid", source="章程"
    )
    workflow.start_voting(contest, by=people.officer)
    key = contest.candidates.get().pk
    factories.counted(contest, issued=9, returned=9, invalid=9, votes={key: Votes(0, 0, 0)})
    assert workflow.outcome(contest) == Outcome((), (), 1, margins=((key, -1),))


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "council"},
        {"kind": "council", "tier": 2},
        {"kind": "council", "tier": 1, "direction": "hydrogen"},
        {"kind": "units", "tier": 3, "direction": "hydrogen"},
        {"kind": "body"},
        {"kind": "body", "post": "member", "tier": 3},
    ],
)
def test_a_contest_fills_one_kind_of_post(said, people):
    made = Contest(meeting=factories.meeting(), term=factories.term(), seats=1, **said)
    with pytest.raises(ValidationError):
        made.full_clean()


def test_a_sheet_is_its_meeting_s_and_a_second_step_goes_on_from_a_first(people):
    made = Contest(meeting=factories.meeting(), term=factories.term(), seats=1, **HYDROGEN)
    made.sheet = BallotSheet.objects.create(meeting=factories.meeting(), name="选票")
    with pytest.raises(ValidationError, match="sheet|选票"):
        made.full_clean()
    made.sheet = None
    made.drawn_from = Contest.objects.create(meeting=made.meeting, term=factories.term(), seats=1, **HYDROGEN)
    with pytest.raises(ValidationError):
        made.full_clean()


# ── signing in ──


def test_sign_in_is_the_officer_s_and_only_while_in_session(people):
    from members.workflow import sign_in

    units = [factories.unit()]
    attendance = factories.meeting(MeetingState.OPEN, units=units, present=0).attendances.get()
    with pytest.raises(NotAllowed):
        sign_in(attendance, by=people.clerk)
    sign_in(attendance, by=people.officer)
    sign_in(attendance, by=people.officer)
    later = factories.meeting(MeetingState.CONVENED, units=units, present=0).attendances.get()
    with pytest.raises(Refused):
        sign_in(later, by=people.officer)
    later.refresh_from_db()
    assert later.signed_in_at is None
