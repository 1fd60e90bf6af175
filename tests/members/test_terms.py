"""Which term is the one that pages speak of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from alliance import clock
from members.models import Term

pytestmark = pytest.mark.django_db


def test_before_the_founding_the_first_planned_term_is_current():
    Term.objects.create(number=2)
    assert Term.objects.current().number == 1


def test_a_term_planned_ahead_does_not_empty_the_council(client, people):
    today = clock.today()
    Term.objects.filter(number=1).update(begins_on=today - timedelta(days=10), ends_on=today + timedelta(days=10))
    Term.objects.create(number=2, begins_on=today + timedelta(days=11), ends_on=today + timedelta(days=20))
    assert Term.objects.current().number == 1
    assert people.units["council"].organisation.name in client.get(reverse("council:roster")).content.decode()


def test_a_term_that_has_begun_follows_the_one_before():
    today = clock.today()
    Term.objects.filter(number=1).update(begins_on=today - timedelta(days=10), ends_on=today - timedelta(days=1))
    Term.objects.create(number=2, begins_on=today, ends_on=today + timedelta(days=20))
    assert Term.objects.current().number == 2
