"""以上 includes the number itself; 过半数 does not (Civil Code, article 1259)."""

from fractions import Fraction

import pytest

from members.thresholds import MORE_THAN_HALF, TWO_THIRDS, Threshold
from tests import factories


@pytest.mark.parametrize(
    ("threshold", "base", "least"),
    [
        (TWO_THIRDS, 25, 17),
        (TWO_THIRDS, 24, 16),
        (MORE_THAN_HALF, 24, 13),
        (MORE_THAN_HALF, 25, 13),
        (Threshold(Fraction(1, 2), inclusive=True), 24, 12),
        (Threshold(Fraction(2, 3), inclusive=False), 24, 17),
    ],
)
def test_the_least_number_that_suffices(threshold, base, least):
    assert threshold.least(base) == least


@pytest.mark.parametrize(
    ("counts", "passed"),
    [
        ({"eligible": 9, "present": 6, "in_favour": 4}, True),
        ({"eligible": 9, "present": 6, "in_favour": 3, "against": 3}, False),
        ({"eligible": 9, "present": 5, "in_favour": 5}, False),
        ({"eligible": 9, "present": 9, "in_favour": 6, "rule_base": "eligible"}, True),
        ({"eligible": 9, "present": 9, "in_favour": 5, "abstaining": 4, "rule_base": "valid"}, False),
        ({"eligible": 9, "present": 9, "in_favour": 6, "abstaining": 1, "rule_base": "valid"}, True),
        ({"eligible": 9, "present": 9, "in_favour": 0, "abstaining": 9, "rule_base": "valid"}, False),
    ],
)
def test_a_resolution_passes_with_a_quorum_and_enough_votes(counts, passed, db):
    assert factories.resolution(**counts).passed is passed
