"""From tallies to names, with nothing but numbers: which figures can be, who is elected, and that no order of anything matters."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.election import Figures, Outcome, Votes, differences, faults, outcome

NAMES = ["张示一", "李范二", "王例三"]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(1, 4), st.integers(1, 12))
def test_the_order_of_candidates_never_changes_the_outcome(votes, seats, least):
    keyed = dict(enumerate(votes))
    first = outcome(seats, keyed, least)
    for order in list(permutations(keyed.items()))[:24]:
        assert outcome(seats, dict(order), least) == first
    assert len(first.elected) + first.unfilled == seats
    assert not set(first.elected) & set(first.tied)
    assert all(keyed[c] >= least for c in (*first.elected, *first.tied, *first.outvoted))
    assert len(first.tied) != 1
    assert not first.tied or len(first.tied) > first.unfilled > 0


BALLOTS = st.lists(st.lists(st.sampled_from(["for", "against", "abstain"]), min_size=4, max_size=4), min_size=1, max_size=12)


@given(BALLOTS, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_of_the_names_on_them_never_changes_who_is_elected(ballots, seats, chance):
    """Ballots as they come out of the box, counted; shuffled, and with the candidates' columns in another order, counted again."""
    columns = list(range(4))
    shuffled, order = list(ballots), list(columns)
    chance.shuffle(shuffled)
    chance.shuffle(order)
    one = outcome(seats, counted(ballots, columns), 1)
    other = outcome(seats, counted([[ballot[n] for n in order] for ballot in shuffled], order), 1)
    assert one == other


def counted(ballots, columns):
    return {key: sum(ballot[place] == "for" for ballot in ballots) for place, key in enumerate(columns)}


@given(
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 12)),
    st.lists(st.integers(0, 12), min_size=1, max_size=5),
    st.integers(1, 4),
    st.integers(1, 12),
    st.randoms(use_true_random=False),
)
def test_a_name_written_in_is_never_elected_without_the_meeting_s_word_nor_lost(write_ins, votes, seats, least, chance):
    keyed = dict(enumerate(votes))
    first = outcome(seats, keyed, least, write_ins=write_ins)
    enough = sorted(name for name, n in write_ins.items() if n >= least)
    assert list(first.write_ins) == enough
    assert not any(isinstance(key, str) for key in (*first.elected, *first.tied, *first.outvoted))
    shuffled = list(write_ins.items())
    chance.shuffle(shuffled)
    assert outcome(seats, keyed, least, write_ins=dict(shuffled)) == first
    admitted = outcome(seats, keyed, least, write_ins=write_ins, admitted=enough)
    settled = {*admitted.elected, *admitted.tied, *admitted.outvoted}
    assert set(enough) <= settled
    assert admitted.write_ins == ()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(1, 4), st.integers(1, 9))
def test_each_is_told_how_far_above_or_below_the_bar(votes, seats, least):
    found = outcome(seats, dict(enumerate(votes)), least)
    assert dict(found.margins) == {key: n - least for key, n in enumerate(votes)}


@pytest.mark.parametrize(
    ("seats", "votes", "least", "expected"),
    [
        (1, {1: 5, 2: 4}, 3, Outcome((1,), (), 0, (2,))),
        (2, {1: 5, 2: 4, 3: 4}, 3, Outcome((1,), (2, 3), 1)),
        (2, {1: 5, 2: 2}, 3, Outcome((1,), (), 1)),
        (1, {1: 2, 2: 2}, 3, Outcome((), (), 1)),
        (2, {1: 4, 2: 4, 3: 3}, 3, Outcome((1, 2), (), 0, (3,))),
        (2, {1: 6, 2: 5, 3: 5, 4: 4}, 3, Outcome((1,), (2, 3), 1, (4,))),
    ],
)
def test_outcomes_by_hand(seats, votes, least, expected):
    found = outcome(seats, votes, least)
    assert (found.elected, found.tied, found.unfilled, found.outvoted) == (
        expected.elected,
        expected.tied,
        expected.unfilled,
        expected.outvoted,
    )


def test_an_admitted_name_competes_by_its_votes_and_a_name_passed_over_does_not():
    votes, named = {1: 6, 2: 5}, {"张示一": 5, "李范二": 4}
    assert outcome(2, votes, 3, write_ins=named, admitted=["张示一"], passed_over=["李范二"]) == Outcome(
        (1,), (2, "张示一"), 1, (), (), ((1, 3), (2, 2), ("张示一", 2))
    )


# ── which figures can be ──

FINE = Figures(9, 9, 1, {1: Votes(6, 2, 0), 2: Votes(5, 2, 1)}, 1, {"张示一": 2})


@pytest.mark.parametrize(
    ("figures", "where", "numbers"),
    [
        (Figures(11, 9, 1, FINE.votes, 1), "issued", ("11", "10")),
        (Figures(9, 10, 2, FINE.votes, 1), "returned", ("10", "9")),
        (Figures(9, 8, 9, {}, 0), "invalid", ("9", "8")),
        (Figures(9, 9, 1, FINE.votes, 2), "overvoted", ("2", "1")),
        (Figures(9, 9, 1, {1: Votes(6, 3, 0)}, 0), "in_favour_1", ("9", "8")),
        (Figures(9, 9, 1, {1: Votes(8, 0, 0), 2: Votes(8, 0, 0), 3: Votes(1, 7, 0)}, 0), "invalid", ("17", "16")),
        (Figures(9, 9, 1, {1: Votes(6, 2, 0)}, 0, {"张示一": 3}), "write_ins", ("3", "2")),
    ],
)
def test_figures_that_cannot_be_are_told_at_their_field_with_the_numbers(figures, where, numbers):
    found = dict(faults(figures, present=10, seats=2))
    assert where in found
    assert all(number in str(found[where]) for number in numbers)


def test_figures_that_can_be_are_not_complained_about():
    assert list(faults(FINE, present=10, seats=2)) == []


def test_two_entries_are_compared_cell_by_cell():
    other = Figures(9, 9, 1, {1: Votes(6, 2, 0), 2: Votes(4, 3, 1)}, 1, {"李范二": 2})
    assert differences(FINE, other) == {
        ("in_favour", 2): (5, 4),
        ("against", 2): (2, 3),
        ("write_in", "张示一"): (2, 0),
        ("write_in", "李范二"): (0, 2),
    }
    assert differences(FINE, FINE) == {}
