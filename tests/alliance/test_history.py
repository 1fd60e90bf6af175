"""Who did what cannot be rewritten."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.admin.records import steps_in_words
from alliance.history import chain
from alliance.history.models import TIMETABLE, Event, Seal
from alliance.history.record import record
from members.models import Body
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


# ── What the auditor reads ───────────────────────────────────────────────────────────────────────────────────────────

LIST = "admin:history_event_changelist"


@pytest.fixture
def auditing(client, people):
    """Reads the history as the auditor."""
    client.force_login(people.auditor)
    return client


def listed(client, words: str = "") -> list[str]:
    return [str(event.called) for event in client.get(reverse(LIST), {"q": words}).context["cl"].result_list]


def test_the_history_calls_things_by_their_numbers_and_units(auditing, people):
    unit, application = factories.unit(), factories.application("accepted")
    nomination = factories.nomination(unit)
    draft = factories.draft(people.applicant)
    for thing in (unit, application, nomination, draft, people.clerk):
        record(thing, "edit", by=TIMETABLE)
    on_page = {(event.kind, event.thing_id): str(event.called) for event in auditing.get(reverse(LIST)).context["cl"].result_list}
    of_unit = f"{unit.number} · {unit.organisation.name}"
    assert f"{of_unit} ({unit.pk})" in on_page["members.memberunit", unit.pk]
    assert f"{of_unit} ({nomination.pk})" in on_page["council.nomination", nomination.pk]
    assert f"{application.number} · {application.name} ({application.pk})" in on_page["applications.application", application.pk]
    assert on_page["applications.application", draft.pk] == str(draft.pk)  # nobody in the office knows of it yet
    assert (people.clerk.name in on_page["accounts.user", people.clerk.pk], people.clerk.email in str(on_page)) == (False, False)


def test_the_history_calls_batches_terms_meetings_and_bodies_as_they_call_themselves(auditing):
    batch, meeting, body = factories.application("accepted").batch, factories.meeting(), Body.objects.first()
    contest, call, seat = factories.contest()[0], factories.call(), factories.term().seats.first()
    rows = (batch, factories.term(), meeting, body, contest, call, seat)
    for thing in rows:
        record(thing, "edit", by=TIMETABLE)
    expected = [f"{thing} ({thing.pk})" for thing in reversed(rows)]
    assert [re.sub("<[^>]+>", "", words) for words in listed(auditing)[: len(rows)]] == expected
    assert body.name in listed(auditing, body.name)[0]
    auditing.cookies["django_language"] = "en"
    assert body.name_en in listed(auditing, body.name)[0]


def test_many_batches_meetings_and_bodies_are_called_with_as_many_queries_as_one(auditing, django_assert_num_queries):
    meetings, bodies = [factories.meeting() for _ in range(4)], list(Body.objects.all()[:4])
    for thing in (meetings[0], bodies[0]):
        record(thing, "edit", by=TIMETABLE)
    with CaptureQueriesContext(connection) as short:
        auditing.get(reverse(LIST))
    for thing in (*meetings, *bodies):
        record(thing, "edit", by=TIMETABLE)
    with django_assert_num_queries(len(short)):
        auditing.get(reverse(LIST))


def test_what_the_portal_has_no_more_is_told_by_its_kind_and_id(auditing):
    gone = Event.objects.create(kind="members.guild", thing_id=731, step="found", before="planned", acting_as=TIMETABLE)
    page = auditing.get(reverse(LIST))
    [event] = page.context["cl"].result_list[:1]
    assert (event.pk, event.called) == (gone.pk, 731)
    for text in (page.content.decode(), auditing.get(reverse("admin:history_event_change", args=[gone.pk])).content.decode()):
        assert all(word in text for word in ("members.guild", "731", "planned"))


def test_a_thing_is_linked_where_the_auditor_may_look(auditing, people):
    application = factories.application("accepted")
    record(application, "edit", by=TIMETABLE)
    record(people.clerk, "edit", by=TIMETABLE)
    account, other = listed(auditing)[:2]
    assert (reverse("admin:accounts_user_change", args=[people.clerk.pk]) in account, "<a" in other) == (True, False)


def test_the_history_is_searched_by_number_and_by_the_name_of_a_unit(auditing):
    unit, other = factories.unit(), factories.unit()
    application, nomination = factories.application("accepted"), factories.nomination(unit)
    for thing in (unit, other, application, nomination):
        record(thing, "edit", by=TIMETABLE)

    def of(*rows):
        return {(row._meta.label_lower, row.pk) for row in rows}

    def found(words):
        return {(event.kind, event.thing_id) for event in auditing.get(reverse(LIST), {"q": words}).context["cl"].result_list}

    assert of(unit, nomination) <= found(unit.number.lower())
    assert of(unit, nomination) <= found(f"{unit.number} {unit.organisation.name[:6]}")
    assert of(application) <= found(application.number)
    assert of(application) <= found(application.name)
    assert not of(other) & (found(unit.number) | found(application.number))
    assert "编号" in auditing.get(reverse(LIST)).content.decode()


def test_the_page_of_an_event_names_its_thing_too(auditing):
    unit = factories.unit()
    event = record(unit, "edit", by=TIMETABLE)
    assert (
        f"{unit.number} · {unit.organisation.name}" in auditing.get(reverse("admin:history_event_change", args=[event.pk])).content.decode()
    )


def test_a_long_history_is_read_with_as_many_queries_as_a_short_one(auditing, django_assert_max_num_queries):
    units = [factories.unit() for _ in range(6)]
    with CaptureQueriesContext(connection) as short:
        auditing.get(reverse(LIST))
    for unit in units:
        record(unit, "edit", by=TIMETABLE)
    with django_assert_max_num_queries(len(short) + 1):
        auditing.get(reverse(LIST))


RECORDED = re.compile(r'\brecord\(\s*[^,()]+(?:\([^()]*\))?[^,()]*,\s*"([a-z_ ]+)"')


def test_whatever_is_written_down_has_words_for_who_reads_the_history():
    """Also what is no step of a workflow: the names stand in the code."""
    sources = [path for app in ("alliance", "applications", "members", "council") for path in (settings.ROOT / app).rglob("*.py")]
    named = {name for path in sources for name in RECORDED.findall(path.read_text())}
    assert len(named) > 60
    assert sorted(named - set(steps_in_words(admin.site))) == []
