"""What is said of a council's figures: each limit just kept and just overstepped, with the value, the limit and its source."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from council import cautions
from council.cautions import Figures
from members.choices import LimitKind
from members.thresholds import LIMITS, Bound

FIGURES = {"members": 75, "planned": 25, "leaders": 9, "coopted": 0, "most_terms": 1, "day": date(2021, 6, 1)} | {
    "begins_on": date(2021, 3, 18),
    "ends_on": date(2026, 3, 17),
}


def names(*, over=True, own=None, **changes):
    return {each.name for each in cautions.cautions(Figures(**FIGURES | changes), own or {}) if each.oversteps is over}


def test_of_1_8_16_at_75_members_only_the_leaders_are_too_many():
    (said,) = [each for each in cautions.cautions(Figures(**FIGURES), {}) if each.oversteps]
    assert (said.name, said.value, said.limit) == ("leaders_of_council", "9 / 25", "1/3")
    assert "36" in said.says
    assert said.source == LIMITS[LimitKind.LEADERS_OF_COUNCIL].source


@pytest.mark.parametrize(
    ("name", "kept", "overstepped"),
    [
        ("council_of_members", {"members": 75}, {"members": 74}),
        ("leaders_of_council", {"leaders": 8}, {"leaders": 9}),
        ("odd_number", {"planned": 25}, {"planned": 24}),
        ("coopted_of_council", {"coopted": 5}, {"coopted": 6}),
        ("terms_of_leaders", {"most_terms": 2}, {"most_terms": 3}),
        ("length_of_term", {"ends_on": date(2026, 3, 17)}, {"ends_on": date(2026, 3, 18)}),
    ],
)
def test_a_limit_is_kept_up_to_its_number_and_overstepped_beyond(name, kept, overstepped):
    assert name in names(over=False, **kept)
    assert name in names(**overstepped)


@pytest.mark.parametrize(
    ("language", "written"), [("zh-hans", "社会团体通行做法"), ("zh-hant", "社會團體通行做法"), ("en", "Usual practice")]
)
def test_where_a_limit_comes_from_is_said_in_the_reader_s_language(language, written):
    (said,) = [each for each in cautions.cautions(Figures(**FIGURES), {}) if each.oversteps]
    with translation.override(language):
        assert str(said.source).startswith(written)


def test_what_does_not_apply_is_not_said():
    assert "change_of_term" not in names() | names(over=False)
    assert "change_of_term" in names(day=date(2026, 3, 18))
    assert "standing_council" in names(planned=51)
    assert "delegates" in names(over=False, members=201)
    assert names(over=False, begins_on=None, ends_on=None, most_terms=0, members=0) == {"odd_number", "coopted_of_council"}


def test_a_term_of_five_years_from_29_february_ends_on_the_last_of_february():
    assert "length_of_term" in names(over=False, begins_on=date(2024, 2, 29), ends_on=date(2029, 2, 28))
    assert "length_of_term" in names(begins_on=date(2024, 2, 29), ends_on=date(2029, 3, 1))


def test_a_term_s_own_limit_comes_before_the_custom():
    own = {LimitKind.LEADERS_OF_COUNCIL: Bound(Fraction(1, 2), "章程第十条")}
    assert "leaders_of_council" in names(over=False, own=own)
