"""The rules and limits of a term: its own where it has them, else the custom."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.urls import reverse

from members.choices import Base, LimitKind, Matter
from members.models import Limit, Rule, Term
from members.thresholds import Threshold

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    return Term.objects.get(number=1)


@pytest.mark.parametrize(
    ("matter", "base", "of_25", "of_24"),
    [
        (Matter.QUORUM, Base.ELIGIBLE, 17, 16),
        (Matter.DIRECTORS, Base.PRESENT, 13, 13),
        (Matter.LEADERS, Base.PRESENT, 17, 16),
        (Matter.OTHER_POSTS, Base.PRESENT, 13, 13),
        (Matter.RESOLUTIONS, Base.PRESENT, 17, 16),
        (Matter.WEIGHTY, Base.ELIGIBLE, 17, 16),
    ],
)
def test_without_a_rule_of_its_own_a_term_goes_by_the_custom(term, matter, base, of_25, of_24):
    rule = term.rule(matter)
    assert (rule.rule_base, rule.threshold.least(25), rule.threshold.least(24)) == (base, of_25, of_24)
    assert rule.source


@pytest.mark.parametrize(
    ("fraction", "inclusive", "base", "least"),
    [
        (Fraction(2, 3), True, 25, 17),  # 2/3以上
        (Fraction(2, 3), True, 24, 16),
        (Fraction(2, 3), False, 24, 17),  # 超过2/3
        (Fraction(1, 2), True, 24, 12),  # 半数以上
        (Fraction(1, 2), False, 24, 13),  # 过半数
        (Fraction(1, 2), False, 25, 13),
        (Fraction(1, 2), True, 0, 1),  # nothing passes without a vote
        (Fraction(1), True, 9, 9),
    ],
)
def test_a_number_is_in_above_and_outside_more_than(fraction, inclusive, base, least):
    assert Threshold(fraction, inclusive).least(base) == least


def test_a_rule_of_the_term_goes_before_the_custom(term):
    Rule.objects.create(
        term=term,
        matter=Matter.DIRECTORS,
        rule_numerator=1,
        rule_denominator=2,
        rule_inclusive=True,
        rule_base=Base.VALID,
        source="章程（样例）",
    )
    rule = term.rule(Matter.DIRECTORS)
    assert (rule.threshold.least(24), rule.rule_base, rule.source) == (12, Base.VALID, "章程（样例）")


def test_the_limits_are_those_of_the_custom_until_the_term_has_its_own(term):
    assert {kind: term.limit(kind).value for kind in LimitKind} == {
        LimitKind.DIRECTORS_OF_MEMBERS: Fraction(1, 3),
        LimitKind.LEADERS_OF_COUNCIL: Fraction(1, 3),
        LimitKind.COOPTED_OF_COUNCIL: Fraction(1, 5),
        LimitKind.AGE_OF_LEADERS: 70,
        LimitKind.TERMS_OF_LEADERS: 2,
        LimitKind.YEARS_OF_TERM: 5,
        LimitKind.NOTICE_TO_MEMBERS: 10,
        LimitKind.NOTICE_TO_COUNCIL: 3,
    }
    Limit.objects.create(term=term, kind=LimitKind.AGE_OF_LEADERS, numerator=65, source="章程（样例）")
    assert term.limit(LimitKind.AGE_OF_LEADERS).value == 65


def test_the_office_types_a_rule_and_a_limit_on_the_page_of_the_term(client, people, term):
    client.force_login(people.officer)
    page = client.get(reverse("admin:members_term_change", args=[term.pk])).content.decode()
    assert 'name="rules-__prefix__-rule_numerator"' in page
    assert 'name="limits-__prefix__-numerator"' in page
    client.force_login(people.clerk)
    page = client.get(reverse("admin:members_term_change", args=[term.pk])).content.decode()
    assert "rules-__prefix__-rule_numerator" not in page
