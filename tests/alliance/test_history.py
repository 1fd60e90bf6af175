"""Who did what cannot be rewritten."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from alliance.history import chain
from alliance.history.models import TIMETABLE, Event, Seal
from alliance.history.record import record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    thing = factories.term()
    return [record(thing, "step", by=TIMETABLE, inputs={"n": n}) for n in range(5)]


def test_the_sealer_chains_every_event_once(events):
    assert (chain.seal(), chain.seal()) == (5, 0)
    assert list(Seal.objects.order_by("position").values_list("event_id", flat=True)) == [e.pk for e in events]
    assert chain.verify() == chain.Verdict(sound=5, broken_at=None, event=None, unsealed=0)


def test_the_tail_that_is_not_sealed_yet_is_told(events, capsys):
    chain.seal()
    record(factories.term(), "later", by=TIMETABLE)
    call_command("verify_history")
    assert "5 links hold; 1 events are not sealed yet." in capsys.readouterr().out


def test_a_changed_byte_is_found_and_the_first_altered_row_named(events):
    chain.seal()
    factories.thaw()
    Event.objects.filter(pk=events[2].pk).update(step="stef")
    assert chain.verify() == chain.Verdict(sound=2, broken_at=3, event=events[2].pk, unsealed=0)
    with pytest.raises(CommandError, match=f"event {events[2].pk} was altered"):
        call_command("verify_history")


def test_a_link_taken_out_is_found(events):
    chain.seal()
    factories.thaw()
    Seal.objects.filter(position=2).delete()
    assert chain.verify().broken_at == 2


@pytest.mark.parametrize("table", ["history_event", "history_seal"])
def test_the_database_refuses_to_change_what_was_written(table, events):
    if connection.vendor != "postgresql":
        pytest.skip("the trigger is PostgreSQL's")
    chain.seal()
    for statement in (f"UPDATE {table} SET {'step' if table.endswith('event') else 'digest'} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            connection.cursor().execute(statement)


def test_an_event_has_exactly_one_actor():
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(kind="members.term", thing_id=1, step="step")


def test_frozen_versions_and_decisions_are_written_once(people):
    if connection.vendor != "postgresql":
        pytest.skip("the trigger is PostgreSQL's")
    application = factories.application("screened")
    from applications import workflow
    from applications.models import Decision, Version

    workflow.deliberate(application, by=people.officer, resolution=factories.resolution())
    for change in (
        lambda: Version.objects.update(digest="0" * 64),
        lambda: Version.objects.all()._raw_delete("default"),
        lambda: Decision.objects.update(outcome="deferred"),
        lambda: Decision.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            change()
