"""A prepared reading gives what the queryset gives, locked if that locks; and its SQL is put together once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.facts.models import Facts, facts
from alliance.prepared import A_KEY, APART, Prepared
from alliance.workflow import to_hold
from applications import rules
from applications.choices import State
from applications.models import Application, Attachment, Version
from applications.models.application import ATTACHED, DEMANDED, FROZEN, SUBMITTED
from applications.models.attachment import STATE
from applications.models.required import RequiredPaper
from members.choices import Jurisdiction, UnitType
from members.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def told(thing: models.Model | None, *seen: models.Model) -> Any:
    """All that an object holds, and what was selected beside it."""
    if thing is None or thing in seen:
        return str(thing)
    beside = {name: told(each, thing, *seen) for name, each in thing._state.fields_cache.items()}
    return type(thing), {name: value for name, value in thing.__dict__.items() if name != "_state"}, beside, thing._state.db


def officer() -> User:
    return factories.user("张示一", Office.OFFICER)


def submitted() -> Application:
    return factories.application(State.SUBMITTED)


HELD = {
    "application": submitted,
    "member unit": factories.unit,
    "meeting": factories.meeting,
    "certificate": lambda: factories.certificate(officer()),
    "motion": lambda: factories.motion(officer()),
    "tenure in a body": lambda: factories.tenure(post="member"),
    "assignment": lambda: factories.assignment(officer(), factories.application(State.SCREENED)),
}


@pytest.mark.parametrize("make", HELD.values(), ids=HELD)
def test_a_step_holds_the_row_that_its_queryset_holds_with_all_that_stands_beside_it(make):
    thing = make()
    rows = type(thing).objects
    found = rows.for_steps() if hasattr(rows, "for_steps") else rows.select_for_update()
    make()  # another one, which is not meant
    with CaptureQueriesContext(connection) as asked:
        held = to_hold(type(thing)).get(thing.pk)
    assert told(held) == told(found.get(pk=thing.pk))
    assert held._state.adding is False
    assert len(asked) == 1
    assert ("FOR UPDATE" in asked[0]["sql"]) == connection.features.has_select_for_update


def test_every_row_comes_in_the_order_of_the_queryset():
    application = submitted()
    submitted()
    ours = Attachment.objects.running().filter(application=application)
    assert ours.count() > 0
    assert [told(each) for each in ATTACHED.all(application.pk)] == [told(each) for each in ours]
    assert [told(each) for each in FROZEN.all(application.pk)] == [told(each) for each in Version.objects.filter(application=application)]
    assert told(SUBMITTED.first(application.pk)) == told(Version.objects.get(application=application))


def test_a_key_may_be_a_word():
    for unit_type in (UnitType.ENTERPRISE, UnitType.ALLIANCE):
        asked = RequiredPaper.objects.of_unit(Jurisdiction.MAINLAND, unit_type).demanded()
        assert asked
        assert [told(each) for each in DEMANDED.all(Jurisdiction.MAINLAND, unit_type)] == [told(each) for each in asked]


def test_what_is_not_there_is_nothing_or_refused_as_by_a_queryset():
    assert ATTACHED.all(0) == []
    assert rules.ACTS.first(0, 0) is None
    assert rules.ACTS.first(None, 0) is None
    for key in (0, None):
        with pytest.raises(Application.DoesNotExist, match="Application"):
            to_hold(Application).get(key)


def test_columns_that_were_not_read_come_when_somebody_asks():
    application = factories.draft()
    held = STATE.get(application.pk)
    assert held.get_deferred_fields() >= {"name", "batch_id"}
    assert (held.state, held.name) == (application.state, application.name)


def test_the_statement_is_put_together_once_and_the_facts_are_those_of_now():
    put_together = []

    def rows(key: int) -> models.QuerySet[Facts]:
        put_together.append(key)
        return Facts.objects.filter(pk=key)

    prepared = Prepared(rows)
    assert [prepared.first(key) and key for key in (1, 2, 1)] == [facts().pk, None, facts().pk]
    assert put_together == [A_KEY, A_KEY + APART]
    Facts.objects.filter(pk=1).update(short_hans="演示联盟")
    assert prepared.get(1).short_hans == facts().short_hans == "演示联盟"


def test_a_key_that_does_not_come_into_the_statement_is_an_error_and_no_wrong_answer():
    lost = Prepared(lambda key, _other: Organisation.objects.filter(pk=key))
    with pytest.raises(ValueError, match="does not stand in the statement"):
        lost.all(1, 2)


@pytest.mark.parametrize(
    "rows",
    [
        lambda key: Organisation.objects.filter(pk=key + 1),
        lambda key: Organisation.objects.filter(pk=key, name__contains=f"第{key}厂"),
        lambda key: Organisation.objects.filter(pk=key)[: key % 7 + 1],
    ],
    ids=["changed", "also within a word", "in the statement itself"],
)
def test_a_key_that_does_not_stand_there_as_it_is_is_an_error_and_no_wrong_answer(rows):
    with pytest.raises(ValueError, match="does not stand in the statement"):
        Prepared(rows).all(1)


def test_what_only_looks_like_a_key_stays_what_it_is():
    """The note of a key, as a number or a word of the statement's own."""
    application = submitted()
    Application.objects.filter(pk=application.pk).update(name=str(A_KEY), staff_total=A_KEY)
    named = Prepared(lambda key: Application.objects.filter(pk=key, name=str(A_KEY), staff_total=A_KEY))
    assert [named.first(key) and key for key in (application.pk, 0)] == [application.pk, None]
    assert Prepared(lambda key: Application.objects.filter(pk=key).exclude(staff_total=A_KEY)).first(application.pk) is None
