"""From nomination to a certified result: frozen when voting starts, answered for by two, the same when recounted."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from alliance.workflow import NotAllowed, Refused, WrongState
from council import workflow
from council.election import Outcome, outcome
from council.forms import TallyForm
from council.models import Candidate, Contest, Seat, UnitTenure
from council.workflow import Votes
from members.choices import Direction, MeetingState, Tier
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
    for unit in units[:candidates]:
        nomination = workflow.nominate(unit, term=factories.term(), reason="骨干单位", by=people.officer, **HYDROGEN)
        workflow.shortlist(nomination, by=people.officer)
        Candidate.objects.create(contest=made, nomination=nomination)
    return made


def counted(contest, by, *in_favour) -> None:
    """Enter a tally of nine ballots with these votes for, candidate by candidate; the rest is against."""
    candidates = contest.candidates.order_by("pk")
    votes = {candidate.pk: Votes(n, 9 - n, 0) for candidate, n in zip(candidates, in_favour, strict=True)}
    workflow.count(contest, by=by, issued=9, returned=9, invalid=0, votes=votes)


def test_the_elected_take_their_seats_when_a_second_person_certifies(contest, people):
    workflow.start_voting(contest, by=people.officer)
    counted(contest, people.officer, 8, 7, 3)
    with pytest.raises(NotAllowed):
        workflow.certify(contest, by=people.officer)
    workflow.certify(contest, by=people.secretary)
    elected = [c.nomination.unit for c in contest.candidates.order_by("pk")[:2]]
    assert {t.unit for t in UnitTenure.objects.filter(contest=contest)} == set(elected)
    assert contest.result["tied"] == ()
    assert Seat.objects.vacant().at(**HYDROGEN).count() == 2


def test_who_entered_the_tally_does_not_certify_it_whatever_other_office_they_hold(contest):
    both = factories.user("王例三", "officer", "secretary")
    workflow.start_voting(contest, by=both)
    counted(contest, both, 8, 7, 3)
    with pytest.raises(NotAllowed):
        workflow.certify(contest, by=both)


def test_a_tie_is_shown_and_goes_to_a_run_off_with_the_tied_alone(contest, people):
    workflow.start_voting(contest, by=people.officer)
    counted(contest, people.officer, 8, 7, 7)
    with pytest.raises(Refused):
        workflow.certify(contest, by=people.secretary)
    assert not UnitTenure.objects.filter(contest=contest).exists()
    workflow.call_runoff(contest, by=people.secretary)
    again = contest.runoff
    tied = [c.nomination for c in contest.candidates.order_by("pk")[1:]]
    assert ([c.nomination for c in again.candidates.order_by("pk")], again.seats, again.state) == (tied, 1, "prepared")
    assert UnitTenure.objects.filter(contest=contest).count() == 1


def test_voting_starts_only_with_a_quorum(people):
    contest = prepared(people, seats=1, candidates=1, present=5)
    with pytest.raises(Refused):
        workflow.start_voting(contest, by=people.officer)
    attendance = contest.meeting.attendances.filter(signed_in_at=None).first()
    from members.workflow import sign_in

    sign_in(attendance, by=people.officer)
    workflow.start_voting(contest, by=people.officer)
    assert (contest.snapshot["eligible"], contest.snapshot["present"]) == (9, 6)


def test_what_is_voted_on_is_frozen_with_a_digest(contest, people):
    workflow.start_voting(contest, by=people.officer)
    assert workflow.digest(contest.snapshot) == contest.snapshot_digest
    with pytest.raises(WrongState):
        workflow.start_voting(contest, by=people.officer)


@pytest.mark.parametrize(
    ("changes", "votes"),
    [
        ({"issued": 10}, (8, 7, 3)),
        ({"issued": 8}, (8, 7, 3)),
        ({"invalid": 1}, (8, 7, 3)),
        ({}, (8, 7)),
    ],
)
def test_a_tally_whose_sums_cannot_be_is_refused(changes, votes, contest, people):
    workflow.start_voting(contest, by=people.officer)
    candidates = contest.candidates.order_by("pk")
    tally = {"issued": 9, "returned": 9, "invalid": 0, "votes": {c.pk: Votes(n, 9 - n, 0) for c, n in zip(candidates, votes, strict=False)}}
    with pytest.raises(Refused):
        workflow.count(contest, by=people.officer, **tally | changes)
    contest.refresh_from_db()
    assert contest.state == "voting"


def test_the_tally_form_gives_the_step_its_inputs_and_says_which_sum_is_wrong(contest, people):
    workflow.start_voting(contest, by=people.officer)
    keys = list(contest.candidates.values_list("pk", flat=True))
    typed = {"issued": 9, "returned": 9, "invalid": 0} | {
        f"{part}_{key}": n for key in keys for part, n in (("in_favour", 7), ("against", 1), ("abstaining", 1))
    }
    form = TallyForm(typed, things=[contest])
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data) == set(workflow.count.inputs)
    assert form.cleaned_data["votes"] == dict.fromkeys(keys, Votes(7, 1, 1))
    wrong = TallyForm(typed | {f"against_{keys[0]}": 0}, things=[contest])
    assert list(wrong.errors) == [f"in_favour_{keys[0]}"]


def test_a_certified_result_recounts_to_the_same_and_an_altered_one_does_not(contest, people, capsys):
    workflow.start_voting(contest, by=people.officer)
    counted(contest, people.officer, 8, 7, 3)
    workflow.certify(contest, by=people.secretary)
    call_command("recount", contest.pk)
    assert "recounted to the same" in capsys.readouterr().out
    factories.thaw()
    contest.tally.counts.filter(candidate=contest.candidates.order_by("pk")[2]).update(in_favour=9, against=0)
    with pytest.raises(CommandError, match="certified"):
        call_command("recount", contest.pk)
    Contest.objects.filter(pk=contest.pk).update(snapshot=contest.snapshot | {"present": 4})
    with pytest.raises(CommandError, match="altered"):
        call_command("recount", contest.pk)


def test_only_an_active_unit_is_nominated_and_only_once_for_a_post(people):
    unit = factories.unit(state="suspended")
    post = {"term": factories.term(), "reason": "骨干单位", **HYDROGEN}
    with pytest.raises(Refused):
        workflow.nominate(unit, by=people.officer, **post)
    mine = people.units["member"]
    nomination = workflow.nominate(mine, by=people.member, **post)
    assert (nomination.kind, nomination.state) == ("self", "consented")
    with pytest.raises(Refused):
        workflow.nominate(mine, by=people.member, **post)
    with pytest.raises(NotAllowed):
        workflow.nominate(people.units["council"], by=people.member, **post)


def test_a_recommended_unit_answers_for_itself(people):
    post = {"term": factories.term(), "reason": "骨干单位", **HYDROGEN}
    nomination = workflow.nominate(people.units["member"], recommender=people.units["council"], by=people.council, **post)
    assert (nomination.kind, nomination.state) == ("recommended", "nominated")
    with pytest.raises(NotAllowed):
        workflow.accept_nomination(nomination, by=people.council)
    workflow.accept_nomination(nomination, by=people.member)
    assert nomination.state == "consented"


@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(1, 4), st.integers(1, 12))
def test_the_order_of_ballots_and_candidates_never_changes_the_outcome(votes, seats, least):
    keyed = dict(enumerate(votes))
    first = outcome(seats, keyed, least)
    for order in list(permutations(keyed.items()))[:24]:
        assert outcome(seats, dict(order), least) == first
    assert len(first.elected) + first.unfilled == seats
    assert not set(first.elected) & set(first.tied)
    assert all(keyed[c] >= least for c in (*first.elected, *first.tied))
    assert len(first.tied) != 1
    assert not first.tied or len(first.tied) > first.unfilled > 0


@pytest.mark.parametrize(
    ("seats", "votes", "least", "expected"),
    [
        (1, {1: 5, 2: 4}, 3, Outcome((1,), (), 0)),
        (2, {1: 5, 2: 4, 3: 4}, 3, Outcome((1,), (2, 3), 1)),
        (2, {1: 5, 2: 2}, 3, Outcome((1,), (), 1)),
        (1, {1: 2, 2: 2}, 3, Outcome((), (), 1)),
        (2, {1: 4, 2: 4, 3: 3}, 3, Outcome((2, 1)[::-1], (), 0)),
    ],
)
def test_outcomes_by_hand(seats, votes, least, expected):
    assert outcome(seats, votes, least) == expected
