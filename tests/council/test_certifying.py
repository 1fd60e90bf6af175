"""Two people answer for a result; it is chained to the one before, recounts to the same, and a correction takes its place."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alliance.workflow import NotAllowed, Refused
from council import workflow
from council.models import Candidate, Contest, Result, Ruling, Seat, Tally, UnitTenure, WriteIn
from members.models import Resolution
from members.workflow import resign
from tests import factories
from tests.council.test_contest import HYDROGEN, ballots, contest, counted, prepared  # noqa: F401 — a fixture


def announced(contest, people, *in_favour, **changes) -> Contest:  # noqa: F811
    counted(contest, *in_favour, **changes)
    workflow.announce(contest, by=people.officer)
    return contest


def seated(contest):  # noqa: F811
    return {tenure.unit for tenure in UnitTenure.objects.filter(contest=contest, ended_on=None)}


def units(contest, *places):  # noqa: F811
    return {contest.candidates.get(place=place).unit for place in places}


def test_the_elected_take_their_seats_when_a_second_person_certifies(contest, people):  # noqa: F811
    announced(contest, people, 8, 7, 3)
    workflow.sign(contest, by=people.officer)
    assert not UnitTenure.objects.filter(contest=contest).exists()
    with pytest.raises(NotAllowed):
        workflow.certify(contest, by=people.officer)
    workflow.certify(contest, by=people.secretary)
    assert seated(contest) == units(contest, 1, 2)
    assert Seat.objects.vacant().at(**HYDROGEN).count() == 2
    assert contest.result.contents["outcome"]["elected"] == [c.pk for c in contest.candidates.filter(place__lt=3)]


def test_nobody_signs_twice_and_who_entered_a_tally_does_not_certify_it(contest, people):  # noqa: F811
    both = factories.user("王例三", "officer", "secretary")
    announced(contest, people, 8, 7, 3)
    workflow.sign(contest, by=both)
    with pytest.raises(NotAllowed):
        workflow.certify(contest, by=both)
    workflow.take_signature_back(contest, by=people.officer, reason="换人签署")
    other = prepared(people, seats=1, candidates=1)
    workflow.start_voting(other, by=both)
    workflow.count(other, by=both, **ballots(other, 8))
    workflow.count_again(other, by=people.clerk, **ballots(other, 8))
    workflow.announce(other, by=people.officer)
    workflow.sign(other, by=people.officer)
    with pytest.raises(NotAllowed):
        workflow.certify(other, by=both)


def test_results_are_chained_and_recount_to_the_same(contest, people, capsys):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    other = prepared(people, seats=1, candidates=1)
    factories.certified(counted(other, 8), people.officer, people.secretary)
    first, second = Result.objects.all()
    assert (first.number, second.number, second.previous) == (1, 2, first.digest)
    call_command("recount")
    assert "the chain is whole" in capsys.readouterr().out
    call_command("recount", contest.pk)
    with pytest.raises(CommandError, match="no certified"):
        call_command("recount", 0)


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda c: c.tallies.get(entry=1).counts.filter(candidate__place=3).update(in_favour=9, against=0), "certified"),
        (lambda c: Contest.objects.filter(pk=c.pk).update(snapshot=c.snapshot | {"present": 4}), "altered"),
        (lambda c: c.results.update(contents=c.result.contents | {"least": 1}), "altered"),
        (lambda c: c.results.update(previous="0" * 64), "broken"),
        (lambda c: c.results.update(number=7), "broken"),
    ],
)
def test_whatever_is_altered_is_found(alter, said, contest, people):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    factories.thaw()
    alter(contest)
    with pytest.raises(CommandError, match=said):
        call_command("recount", contest.pk)


def test_a_unit_that_resigned_before_certification_is_named_and_nothing_is_certified(contest, people):  # noqa: F811
    announced(contest, people, 8, 7, 3)
    gone = contest.candidates.get(place=1).unit
    workflow.sign(contest, by=people.officer)
    resign(gone, by=people.officer, reason="退会")
    with pytest.raises(Refused, match=gone.organisation.name):
        workflow.certify(contest, by=people.secretary)
    assert not Result.objects.exists()
    assert not UnitTenure.objects.filter(contest=contest).exists()
    workflow.take_signature_back(contest, by=people.officer, reason="当选单位已退会")
    workflow.declare_void(contest, by=people.officer, reason="当选单位已退会，重新选举")


# ── ties, empty seats, names written in ──


def test_a_tie_is_shown_and_goes_to_a_run_off_with_the_tied_alone(contest, people):  # noqa: F811
    announced(contest, people, 8, 5, 5)
    with pytest.raises(Refused):
        workflow.sign(contest, by=people.officer)
    workflow.call_runoff(contest, by=people.officer)
    again = contest.runoff
    tied = [c.nomination for c in contest.candidates.filter(place__gt=1)]
    assert ([c.nomination for c in again.candidates.order_by("place")], again.seats, again.state) == (tied, 1, "prepared")
    with pytest.raises(Refused):
        workflow.call_runoff(contest, by=people.officer)
    with pytest.raises(Refused):
        workflow.leave_vacant(contest, by=people.officer, reason="暂缺")
    factories.certified(contest, people.officer, people.secretary)
    assert seated(contest) == units(contest, 1)
    factories.certified(counted(again, 6, 3), people.officer, people.secretary)
    assert seated(again) == units(contest, 2)


def test_the_meeting_may_leave_what_is_tied_vacant(contest, people):  # noqa: F811
    announced(contest, people, 8, 5, 5)
    with pytest.raises(Refused):
        workflow.leave_vacant(contest, by=people.officer, reason="暂缺", resolution=factories.resolution())
    counts = {"eligible": 9, "present": 9, "in_favour": 9, "against": 0, "abstaining": 0}
    resolution = Resolution.objects.create(meeting=contest.meeting, subject="未选足的席位暂缺", **counts)
    workflow.leave_vacant(contest, by=people.officer, reason="会议决定暂缺", resolution=resolution)
    factories.certified(contest, people.officer, people.secretary)
    assert seated(contest) == units(contest, 1)
    assert contest.result.contents["rulings"] == [["vacant", "", None, None]]


def test_there_is_no_run_off_without_a_tie_and_nothing_vacant_where_all_is_filled(contest, people):  # noqa: F811
    announced(contest, people, 8, 7, 3)
    with pytest.raises(Refused):
        workflow.call_runoff(contest, by=people.officer)
    with pytest.raises(Refused):
        workflow.leave_vacant(contest, by=people.officer, reason="暂缺")


def test_a_name_written_in_often_enough_waits_for_the_meeting(contest, people, client):  # noqa: F811
    announced(contest, people, 6, 3, 2, write_ins={"陈示七": 5, "赵例八": 1})
    assert workflow.outcome(contest).write_ins == ("陈示七",)
    with pytest.raises(Refused, match="陈示七"):
        workflow.sign(contest, by=people.officer)
    unit = factories.unit()
    decided = {"name": "陈示七", "takes_part": True, "reason": "会议同意计入"}
    with pytest.raises(Refused):
        workflow.decide_write_in(contest, by=people.officer, **decided)
    with pytest.raises(Refused):
        workflow.decide_write_in(contest, by=people.officer, **decided | {"unit": contest.candidates.get(place=2).unit})
    with pytest.raises(Refused):
        workflow.decide_write_in(contest, by=people.officer, **decided | {"name": "赵例八", "unit": unit})
    client.force_login(people.officer)
    page = reverse("admin:council_contest_step", args=["decide_write_in"]) + f"?ids={contest.pk}"
    answer = client.post(page, {"name": "陈示七", "takes_part": "1", "unit": unit.pk, "reason": "会议同意计入"})
    assert answer.status_code == 302
    contest.refresh_from_db()
    factories.certified(contest, people.officer, people.secretary)
    assert seated(contest) == units(contest, 1) | {unit}
    call_command("recount", contest.pk)


def test_a_name_that_the_meeting_passes_over_takes_no_seat(contest, people):  # noqa: F811
    announced(contest, people, 6, 3, 2, write_ins={"陈示七": 5})
    workflow.decide_write_in(contest, by=people.officer, name="陈示七", takes_part=False, reason="不具备资格")
    factories.certified(contest, people.officer, people.secretary)
    assert seated(contest) == units(contest, 1)


# ── corrections ──


def test_a_correction_takes_the_place_of_a_result_and_the_seats_follow_at_once(contest, people, client):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    workflow.propose_correction(contest, by=people.officer, reason="第二、三候选人票数登反。", **ballots(contest, 8, 3, 7))
    assert seated(contest) == units(contest, 1, 2)
    client.force_login(people.secretary)
    assert "登反" in client.get(reverse("admin:council_contest_change", args=[contest.pk])).content.decode()
    with pytest.raises(NotAllowed):
        workflow.certify_correction(contest, by=people.officer)
    workflow.certify_correction(contest, by=people.secretary)
    assert seated(contest) == units(contest, 1, 3)
    first, second = Result.objects.all()
    assert (second.supersedes, contest.result, second.previous) == (first, second, first.digest)
    ended = UnitTenure.objects.get(contest=contest, unit=contest.candidates.get(place=2).unit)
    assert ended.ended_on is not None
    call_command("recount")


def test_a_correction_may_be_dropped_and_nothing_moves(contest, people):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    workflow.propose_correction(contest, by=people.officer, reason="疑似登反。", **ballots(contest, 8, 3, 7))
    workflow.drop_correction(contest, by=people.secretary, reason="原结果无误")
    assert seated(contest) == units(contest, 1, 2)
    assert Result.objects.count() == 1


def test_a_secretary_who_proposes_a_correction_does_not_certify_it(contest, people):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    workflow.propose_correction(contest, by=people.secretary, reason="登反。", **ballots(contest, 8, 3, 7))
    with pytest.raises(NotAllowed):
        workflow.certify_correction(contest, by=people.secretary)
    workflow.certify_correction(contest, by=factories.user("吴范六", "secretary"))


# ── what PostgreSQL refuses ──


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE council_contest SET seats = 9 WHERE id = {contest}",
        "UPDATE council_contest SET snapshot = '{{}}' WHERE id = {contest}",
        "UPDATE council_contest SET rule_numerator = 1, rule_denominator = 9 WHERE id = {contest}",
        "UPDATE council_contest SET kind = 'units', tier = NULL, direction = '' WHERE id = {contest}",
        "DELETE FROM council_contest WHERE id = {contest}",
        "UPDATE council_candidate SET place = 9 WHERE contest_id = {contest}",
        "UPDATE council_candidate SET called = '他人' WHERE contest_id = {contest}",
        "DELETE FROM council_candidate WHERE contest_id = {contest}",
        "INSERT INTO council_candidate (contest_id, place, person, called) VALUES ({contest}, 9, '他人', '')",
        "UPDATE council_tally SET returned = 1",
        "DELETE FROM council_tally",
        "UPDATE council_count SET in_favour = 9",
        "DELETE FROM council_count",
        "UPDATE council_writein SET votes = 9",
        "DELETE FROM council_writein",
        "UPDATE council_ruling SET reason = ''",
        "DELETE FROM council_ruling",
        "UPDATE council_result SET contents = '{{}}'",
        "DELETE FROM council_result",
    ],
)
def test_the_database_refuses_to_change_what_was_voted_on_counted_decided_and_certified(statement, contest, people):  # noqa: F811
    if connection.vendor != "postgresql":
        pytest.skip("the triggers are PostgreSQL's")
    announced(contest, people, 6, 3, 2, write_ins={"陈示七": 5})
    workflow.decide_write_in(contest, by=people.officer, name="陈示七", takes_part=False, reason="不具备资格")
    factories.certified(contest, people.officer, people.secretary)
    assert all(model.objects.exists() for model in (Candidate, Tally, WriteIn, Ruling, Result))
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(contest=contest.pk))
