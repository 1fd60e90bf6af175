"""Who is counted on a day: by an index, less those that had left, as the directory would name them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance import clock
from council.dashboard.balance import members_on
from members import workflow
from members.models import Listing
from tests import factories


@pytest.mark.parametrize("days", [0, 1, 5, 6, 20, 21])
def test_the_count_of_a_day_is_of_those_who_belonged_on_it(people, days):
    today = clock.today()
    factories.listed(admitted_on=today - timedelta(days=20))
    gone = factories.listed(admitted_on=today - timedelta(days=20), main_direction="hydrogen")
    factories.listed(admitted_on=today, main_direction="hydrogen")
    with clock.at(clock.now() - timedelta(days=5)):
        workflow.resign(gone, by=people.officer, reason="业务调整")
    day = today - timedelta(days=days)
    with CaptureQueriesContext(connection) as asked:
        found = members_on(day)
    belonged = Listing.objects.on_date(day)
    assert len(asked.captured_queries) == 1
    assert found.total == sum(found.kinds.values()) == len(belonged)
    assert sorted(found.kinds.elements()) == sorted(each.told for each in belonged)
    assert sorted(found.places.elements()) == sorted(f"{each.place:06d}" for each in belonged)


def test_what_nobody_is_any_more_is_not_counted_as_nothing(people):
    gone = factories.listed(main_direction="hydrogen")
    workflow.resign(gone, by=people.officer, reason="业务调整")
    assert 0 not in members_on(clock.today()).kinds.values()
