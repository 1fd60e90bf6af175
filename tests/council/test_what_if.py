"""Another division by its address: the same conditions give the same answer, and what cannot be is said at its field with the numbers."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from members.choices import Direction
from tests import factories

PAGE = reverse("council:what_if")
COUNTS = {f"count_{d}": n for d, n in zip(Direction.values, (120, 6, 44, 20), strict=True)}
TYPED = {"method": "sainte-lague", "tier": 3, "base": "typed"} | COUNTS


@pytest.fixture
def seen(client, people):
    client.force_login(people.secretary)
    return lambda **asked: client.get(f"{PAGE}?{urlencode(TYPED | asked)}")


def test_typed_numbers_are_divided_and_moved_seats_marked(seen):
    other = seen().context["other"]
    assert [row.then for row in other.rows] == [10, 0, 4, 2]
    assert [seat["is_moved"] for seat in other.drawn_then["seats"]].count(True) == 6
    assert len(other.drawn_then["seats"]) == 25
    assert other.moved.endswith("+6")


def test_a_guarantee_moves_fewer(seen):
    other = seen(**{f"least_{d}": 2 for d in Direction.values}).context["other"]
    assert [row.then for row in other.rows] == [9, 2, 3, 2]
    assert [each.method for each in other.others] == ["equal", "hare"]


def test_a_tie_is_shown_apart(seen):
    answer = seen(method="hare", **{f"count_{d}": 3 for d in Direction.values[:3]}, count_infrastructure=2)
    other = answer.context["other"]
    assert (other.allocation.tie.seats, len(other.allocation.tie.among)) == (1, 3)
    assert other.then[3, ""] == 1
    assert other.tie in answer.content.decode()


def test_without_an_address_members_of_today_are_taken_with_a_guarantee(client, people):
    factories.listed()
    client.force_login(people.secretary)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert sum(answer.context["other"].allocation.given.values()) == 16


@pytest.mark.parametrize(
    ("asked", "field", "numbers"),
    [
        ({"least_electric": 10, "least_icv": 9}, "least_electric", ["19", "16"]),
        ({f"most_{d}": 3 for d in Direction.values}, "most_electric", ["12", "16"]),
        ({"least_icv": 5, "most_icv": 3}, "most_icv", ["3", "5"]),
        ({f"count_{d}": 0 for d in Direction.values}, "base", ["0", "16"]),
        ({"base": "members"}, "base", ["以下方填写为准"]),
        ({"count_icv": ""}, "count_icv", []),
        ({"count_icv": "-1"}, "count_icv", ["0"]),
        ({"count_icv": "viele"}, "count_icv", []),
        ({"least_icv": "9" * 30}, "least_icv", ["99"]),
        ({"method": "dhondt"}, "method", []),
        ({"tier": 1}, "tier", []),
    ],
)
def test_what_cannot_be_is_said_at_its_field_with_the_numbers_and_nothing_typed_is_lost(seen, asked, field, numbers):
    answer = seen(**asked)
    assert answer.status_code == 422
    said = answer.context["form"].errors
    assert list(said) == [field]
    assert all(number in said[field][0] for number in numbers)
    assert 'value="120"' in answer.content.decode() or "count_electric" in asked
    assert answer.context["other"] is None


def test_the_steps_of_each_method_are_told(seen):
    assert "120 ÷ 3" in seen().content.decode()
    assert "10 2/19" in seen(method="hare").content.decode()
    assert seen(method="equal").status_code == 200
    assert seen(tier=2).context["other"].allocation.seats == 8
