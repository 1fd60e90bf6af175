"""From nomination to a certified result: frozen when voting starts, answered for by two, the same when recounted."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alliance.workflow import NotAllowed, Refused, WrongState
from council import workflow
from council.election import Outcome, outcome
from council.forms import TallyForm
from council.models import Candidate, Contest, Nomination, Seat, UnitTenure
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


def counted(contest, *in_favour, **changes) -> None:
    """Enter a tally of nine ballots twice with these votes for, candidate by candidate; the rest is against."""
    factories.counted(contest, **ballots(contest, *in_favour, **changes))


def ballots(contest, *in_favour, **changes):
    votes = {candidate.pk: Votes(n, 9 - n, 0) for candidate, n in zip(contest.candidates.order_by("pk"), in_favour, strict=False)}
    return {"issued": 9, "returned": 9, "invalid": 0, "votes": votes} | changes


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


def test_who_is_not_shortlisted_for_the_post_is_not_voted_on(contest, people):
    workflow.block(contest.candidates.first().nomination, by=people.officer, reason="不符")
    with pytest.raises(Refused):
        workflow.start_voting(contest, by=people.officer)


def test_a_suspended_unit_does_not_stand(contest, people):
    unit = contest.candidates.first().nomination.unit
    type(unit).objects.filter(pk=unit.pk).update(state="suspended")
    with pytest.raises(Refused):
        workflow.start_voting(contest, by=people.officer)


def test_a_unit_that_resigned_before_certification_takes_no_seat(contest, people):
    from members.workflow import resign

    workflow.start_voting(contest, by=people.officer)
    counted(contest, people.officer, 8, 7, 3)
    resign(contest.candidates.order_by("pk").first().nomination.unit, by=people.officer, reason="退会")
    with pytest.raises(Refused):
        workflow.certify(contest, by=people.secretary)


def test_no_more_seats_are_voted_on_than_are_vacant(people):
    contest = prepared(people, seats=5, candidates=5)
    with pytest.raises(Refused):
        workflow.start_voting(contest, by=people.officer)


def test_voting_needs_a_meeting_in_session(contest, people):
    type(contest.meeting).objects.filter(pk=contest.meeting_id).update(state=MeetingState.CLOSED)
    with pytest.raises(Refused):
        workflow.start_voting(Contest.objects.get(pk=contest.pk), by=people.officer)


def test_a_nomination_is_not_blocked_while_it_is_voted_on(contest, people):
    workflow.start_voting(contest, by=people.officer)
    with pytest.raises(Refused):
        workflow.block(contest.candidates.first().nomination, by=people.officer, reason="不符")


def test_nobody_is_elected_without_a_vote(people):
    contest = prepared(people, seats=1, candidates=1)
    Contest.objects.filter(pk=contest.pk).update(rule_base="valid")
    contest.refresh_from_db()
    workflow.start_voting(contest, by=people.officer)
    key = contest.candidates.get().pk
    workflow.count(contest, by=people.officer, issued=9, returned=9, invalid=9, votes={key: Votes(0, 0, 0)})
    assert workflow.outcome(contest) == Outcome((), (), 1)


def test_the_rule_that_was_frozen_counts_whatever_is_written_later(contest, people):
    workflow.start_voting(contest, by=people.officer)
    counted(contest, people.officer, 8, 7, 3)
    least = contest.least
    contest.rule_numerator, contest.rule_denominator = 1, 9
    assert contest.least == least


@pytest.mark.parametrize("change", [{"seats": 9}, {"rule_numerator": 1}, {"snapshot": {}}])
def test_the_database_refuses_to_change_what_is_voted_on(change, contest, people):
    if connection.vendor != "postgresql":
        pytest.skip("the trigger is PostgreSQL's")
    Contest.objects.filter(pk=contest.pk).update(seats=1)
    contest.refresh_from_db()
    workflow.start_voting(contest, by=people.officer)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(**change)


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


def test_a_nomination_on_paper_is_entered_by_the_officer_and_a_refusal_keeps_what_was_typed(client, people):
    client.force_login(people.officer)
    post = {"term": factories.term().pk, "tier": 3, "direction": "hydrogen", "reason": "推荐函载明的理由"}
    paper = post | {"unit": people.units["member"].pk, "recommender": people.units["council"].pk, "_save": "1"}
    assert client.post(reverse("admin:council_nomination_add"), paper).status_code == 302
    nomination = Nomination.objects.get()
    assert (nomination.kind, nomination.state, nomination.person) == ("recommended", "nominated", people.units["member"].representative)
    again = client.post(reverse("admin:council_nomination_add"), paper)
    assert again.status_code == 409
    assert "推荐函载明的理由" in again.content.decode()
    assert Nomination.objects.count() == 1
