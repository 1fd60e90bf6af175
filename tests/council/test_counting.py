"""A tally is entered twice by two people apart; nothing counts until both agree; sums that cannot be are told with their numbers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alliance.workflow import NotAllowed, Refused
from council import workflow
from council.forms import TallyForm
from council.models import Tally, WriteIn
from council.workflow import Votes
from tests import factories
from tests.council.test_contest import ballots, contest, counted  # noqa: F401 — a fixture

BOTH = ("count", "count_again")


@pytest.fixture
def voting(contest, people):  # noqa: F811
    workflow.start_voting(contest, by=people.officer)
    return contest


@pytest.mark.parametrize(
    ("changes", "votes", "numbers"),
    [
        ({"issued": 10}, (8, 7, 3), r"10.*9"),
        ({"issued": 8}, (8, 7, 3), r"9.*8"),
        ({"invalid": 1}, (8, 7, 3), r"9.*8"),
        ({"overvoted": 1}, (8, 7, 3), r"1.*0"),
        ({}, (8, 7, 4), r"19.*9.*2.*18"),
        ({"write_ins": {"张示一": 10}}, (8, 7, 3), r"28.*18|10.*9"),
        ({}, (8, 7), "."),
    ],
)
def test_a_tally_whose_sums_cannot_be_is_refused_with_the_numbers_and_nothing_is_kept(changes, votes, numbers, voting, people):
    with pytest.raises(Refused, match=numbers):
        workflow.count(voting, by=people.officer, **ballots(voting, *votes, **changes))
    voting.refresh_from_db()
    assert voting.state == "voting"
    assert not Tally.objects.exists()


def test_the_second_entry_is_another_person_s(voting, people):
    workflow.count(voting, by=people.clerk, **ballots(voting, 8, 7, 3))
    with pytest.raises(NotAllowed):
        workflow.count_again(voting, by=people.clerk, **ballots(voting, 8, 7, 3))
    workflow.count_again(voting, by=people.officer, **ballots(voting, 8, 7, 3))
    assert voting.tally.entered_by == people.clerk


def test_the_first_entry_is_nobody_s_to_see_before_the_second(voting, people, client):
    workflow.count(voting, by=people.clerk, **ballots(voting, 8, 7, 3))
    client.force_login(people.officer)
    page = client.get(reverse("admin:council_contest_change", args=[voting.pk])).content.decode()
    assert "gb-tally" not in page
    assert "count_again" in page


def test_entries_that_differ_count_for_nothing_until_a_recount_is_agreed_on(voting, people, client):
    workflow.count(voting, by=people.clerk, **ballots(voting, 8, 7, 3))
    workflow.count_again(voting, by=people.officer, **ballots(voting, 8, 6, 3))
    assert voting.tally is None
    assert len(workflow.differing(voting)) == 2
    with pytest.raises(Refused, match="2"):
        workflow.announce(voting, by=people.officer)
    client.force_login(people.officer)
    page = client.get(reverse("admin:council_contest_change", args=[voting.pk])).content.decode()
    second = voting.candidates.get(place=2)
    assert str(second) in page
    assert "agree_tally" in page
    workflow.agree_tally(voting, by=people.officer, reason="第二人漏唱一票。", **ballots(voting, 8, 7, 3))
    assert voting.tally.get_entry_display() == Tally(entry=3).get_entry_display()
    with pytest.raises(NotAllowed):
        workflow.agree_tally(voting, by=people.officer, reason="再来。", **ballots(voting, 8, 7, 3))
    workflow.announce(voting, by=people.officer)
    with pytest.raises(NotAllowed):  # who alone entered what counts does not sign it
        workflow.sign(voting, by=people.officer)


def test_agreement_is_asked_for_only_where_there_is_a_difference(voting, people):
    counted(voting, 8, 7, 3)
    with pytest.raises(NotAllowed):
        workflow.agree_tally(voting, by=people.officer, reason="无差异。", **ballots(voting, 8, 7, 3))


def test_names_written_in_are_counted_by_name(voting, people):
    counted(voting, 8, 5, 3, write_ins={"张示一": 2})
    assert set(WriteIn.objects.values_list("name", "votes")) == {("张示一", 2)}
    assert voting.tally.figures.write_ins == {"张示一": 2}


def test_contests_on_one_sheet_count_from_the_same_number_of_ballots(voting, people):
    workflow.issue_ballots(voting.sheet, by=people.officer, printed=12, issued=8)
    with pytest.raises(Refused, match=r"9.*8"):
        workflow.count(voting, by=people.officer, **ballots(voting, 8, 7, 3))


# ── the form ──


def typed(contest, **changes):  # noqa: F811
    keys = contest.candidates.order_by("place").values_list("pk", flat=True)
    votes = {f"{part}_{key}": n for key in keys for part, n in (("in_favour", 5), ("against", 3), ("abstaining", 1))}
    return {"issued": 9, "returned": 9, "invalid": 0, "overvoted": 0, "write_ins": ""} | votes | changes


def test_the_tally_form_gives_the_steps_their_inputs(voting):
    form = TallyForm(typed(voting, write_ins="张示一 2\n李 范二：1\n"), things=[voting])
    assert form.is_valid(), form.errors
    assert all(set(getattr(workflow, step).inputs) <= set(form.cleaned_data) for step in BOTH)
    assert set(form.cleaned_data["votes"].values()) == {Votes(5, 3, 1)}
    assert form.cleaned_data["write_ins"] == {"张示一": 2, "李 范二": 1}


def test_the_tally_form_says_which_sum_is_wrong_at_its_field(voting):
    key = voting.candidates.get(place=1).pk
    assert list(TallyForm(typed(voting, **{f"against_{key}": 0}), things=[voting]).errors) == [f"in_favour_{key}"]
    assert next(iter(TallyForm(typed(voting, returned=10), things=[voting]).errors)) == "returned"
    assert "write_ins" in TallyForm(typed(voting, write_ins="张示一 20"), things=[voting]).errors


@pytest.mark.parametrize("words", ["张示一", "3 张示一 三", "张示一 3\n张示一 2", "张" * 121 + " 1"])
def test_a_line_of_other_names_that_is_none_is_told(words, voting):
    assert "write_ins" in TallyForm(typed(voting, write_ins=words), things=[voting]).errors


def test_a_tally_is_typed_into_a_table_and_nothing_typed_is_lost(voting, people, client):
    client.force_login(people.officer)
    address = reverse("admin:council_contest_step", args=["count"]) + f"?ids={voting.pk}"
    page = client.get(address).content.decode()
    assert page.count('<input type="number"') == 4 + 9
    answer = client.post(address, typed(voting, returned=10, write_ins="张示一 1"))
    assert answer.status_code == 200
    assert "张示一 1" in answer.content.decode()
    assert not Tally.objects.exists()
    assert client.post(address, typed(voting)).status_code == 302
    assert Tally.objects.count() == 1
    assert factories.Contest.objects.get(pk=voting.pk).state == "entered"
