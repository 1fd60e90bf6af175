"""How seats are divided over the directions, and that nothing is settled silently."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.allocation import Claim, Tie, Turn, Unfillable, allocate, evenly, plan
from council.choices import Division
from members.choices import Direction, Tier

EQUAL, HARE, SAINTE_LAGUE = Division.EQUAL, Division.LARGEST_REMAINDER, Division.SAINTE_LAGUE
COUNTS = {"electric": 120, "hydrogen": 6, "icv": 44, "infrastructure": 20}


def claims(counts=COUNTS, guarantee=0, cap=None):
    return [Claim(key, count, guarantee, cap) for key, count in counts.items()]


def test_a_term_opens_with_1_8_16_and_the_chair_has_no_direction():
    seats = plan()
    assert [sum(tier == each for tier, _d in seats) for each in Tier] == [1, 8, 16]
    assert {seats.count((Tier.DIRECTOR, each)) for each in Direction.values} == {4}
    assert seats[0] == (Tier.CHAIR, "")
    with pytest.raises(ValueError, match="do not divide evenly"):
        evenly(17, Direction.values)


@pytest.mark.parametrize(
    ("method", "expected"),
    [(EQUAL, [4, 4, 4, 4]), (HARE, [10, 0, 4, 2]), (SAINTE_LAGUE, [10, 0, 4, 2])],
)
def test_by_proportion_hydrogen_gets_nothing_and_equal_shares_are_equal(method, expected):
    found = allocate(method, 16, claims())
    assert (list(found.given.values()), found.tie) == (expected, None)


def test_a_guarantee_is_kept_and_paid_for_by_those_who_have_more():
    assert list(allocate(HARE, 16, claims(guarantee=2)).given.values()) == [9, 2, 3, 2]
    assert list(allocate(SAINTE_LAGUE, 16, claims(guarantee=2)).given.values()) == [9, 2, 3, 2]


def test_a_cap_leaves_its_seats_to_the_others():
    found = allocate(SAINTE_LAGUE, 16, claims(cap=6))
    assert (list(found.given.values()), found.tie) == ([6, 1, 6, 3], None)
    assert allocate(EQUAL, 16, [Claim("a", 0, cap=1), Claim("b", 0), Claim("c", 0)]).given == {"a": 1, "b": 7, "c": 7}


def test_every_step_of_the_largest_remainder_is_told():
    first, second, *_rest = allocate(HARE, 16, claims()).lines
    assert (first.quota, first.whole, first.remainder, first.extra) == (Fraction(1920, 190), 10, Fraction(2, 19), 0)
    assert (second.quota, second.whole, second.extra, second.seats) == (Fraction(96, 190), 0, 0, 0)


def test_the_quotients_of_sainte_lague_are_told_in_their_order():
    turns = allocate(SAINTE_LAGUE, 5, claims({"a": 6, "b": 2})).turns
    assert turns == (
        Turn(Fraction(6), ("a",), 1, 1),
        Turn(Fraction(2), ("a", "b"), 2, 2),
        Turn(Fraction(6, 5), ("a",), 4, 1),
        Turn(Fraction(6, 7), ("a",), 5, 1),
    )


@pytest.mark.parametrize("method", Division)
def test_a_tie_is_reported_and_nobody_gets_the_seat(method):
    found = allocate(method, 5, claims({"a": 3, "b": 3, "c": 3, "d": 3}))
    assert found.tie == Tie(("a", "b", "c", "d"), 1)
    assert set(found.given.values()) == {1}
    assert all(line.tied for line in found.lines)


@pytest.mark.parametrize(
    ("asked", "reason", "figure"),
    [
        ([Claim("a", 3, 3), Claim("b", 2, 3)], "guarantees", 6),
        ([Claim("a", 3, cap=2), Claim("b", 2, cap=2)], "caps", 4),
        ([Claim("a", 3, 3, 2), Claim("b", 2)], "crossed", 3),
        ([Claim("a", 0), Claim("b", 0)], "nobody", 0),
        ([Claim("a", 3, cap=1), Claim("b", 0)], "caps", 1),
        ([Claim("a", -3), Claim("b", 1)], "negative", 0),
    ],
)
@pytest.mark.parametrize("method", [HARE, SAINTE_LAGUE])
def test_what_cannot_be_filled_is_said_with_its_figure(method, asked, reason, figure):
    with pytest.raises(Unfillable) as said:
        allocate(method, 5, asked)
    assert (said.value.reason, said.value.figure) == (reason, figure)


@st.composite
def councils(draw):
    """Seats, and four claims within which they can be filled."""
    seats, asked = draw(st.integers(1, 20)), []
    for key in "abcd":
        least = draw(st.integers(0, 2))
        asked.append(Claim(key, draw(st.integers(0, 12)), least, draw(st.none() | st.integers(least, 20))))
    return seats, asked


@given(councils(), st.sampled_from(Division))
def test_whatever_is_asked_sums_guarantees_and_caps_are_kept_and_no_order_matters(council, method):
    seats, asked = council
    try:
        found = allocate(method, seats, asked)
    except Unfillable:
        for order in permutations(asked):
            with pytest.raises(Unfillable):
                allocate(method, seats, order)
        return
    assert sum(found.given.values()) + (found.tie.seats if found.tie else 0) == seats
    assert not found.tie or 0 < found.tie.seats < len(found.tie.among)
    for claim in asked:
        most = found.given[claim.key] + bool(found.tie and claim.key in found.tie.among)
        assert claim.guarantee <= found.given[claim.key]
        assert claim.cap is None or most <= claim.cap
    for order in permutations(asked):
        other = allocate(method, seats, order)
        assert other.given == found.given
        assert (other.tie and (set(other.tie.among), other.tie.seats)) == (found.tie and (set(found.tie.among), found.tie.seats))
        assert [(t.quotient, set(t.takers)) for t in other.turns] == [(t.quotient, set(t.takers)) for t in found.turns]


@given(st.lists(st.integers(1, 50), min_size=2, max_size=5), st.integers(1, 20), st.integers(2, 9))
def test_ten_times_as_many_members_everywhere_change_nothing(counts, seats, factor):
    for method in (HARE, SAINTE_LAGUE):
        one = allocate(method, seats, claims(dict(enumerate(counts))))
        many = allocate(method, seats, claims({key: factor * count for key, count in enumerate(counts)}))
        assert (one.given, one.tie) == (many.given, many.tie)
