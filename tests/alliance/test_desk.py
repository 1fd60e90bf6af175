"""Who keeps no case still finds at the desk what is theirs to open, and the auditor how the chain of the history stands."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from alliance.history import chain
from alliance.history.models import TIMETABLE, Event
from alliance.history.record import record
from tests import factories

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("office", ["auditor", "security", "sysadmin"])
def test_the_desk_of_who_keeps_no_case_leads_to_all_that_is_theirs_with_a_sentence_each(office, people):
    client = client_of(getattr(people, office))
    page = client.get(DESK)
    ways = page.context["ways"]
    assert ways
    for way in ways:
        assert f'<a href="{way.url}">{way.label}</a></dt><dd>{way.words}</dd>' in page.content.decode()
        assert client.get(way.url).status_code == 200, way.url
    lists = {each["admin_url"] for app in page.context["app_list"] for each in app["models"]}
    if office != "sysadmin":
        lists.discard(reverse("admin:jobs_round_changelist"))  # what a round waits for is moved on by others
    assert lists <= {way.url for way in ways}


def test_the_council_s_seats_are_the_auditor_s_to_open_and_not_the_security_administrator_s(people):
    assert reverse("council:dashboard") in client_of(people.auditor).get(DESK).content.decode()
    assert reverse("council:dashboard") not in [way.url for way in client_of(people.security).get(DESK).context["ways"]]


def test_the_secretariat_s_desk_stays_one_of_queues(people):
    page = client_of(people.officer).get(DESK)
    assert (page.context["ways"], page.context["chain"], bool(page.context["queues"])) == ([], None, True)
    assert str(admin.site.index_title) in page.content.decode()


def test_the_auditor_reads_that_the_chain_holds_and_how_much_waits_for_its_seal(people):
    for n in range(3):
        record(factories.term(), "step", by=TIMETABLE, inputs={"n": n})
    sealed = chain.seal()
    record(factories.term(), "later", by=TIMETABLE)
    said = client_of(people.auditor).get(DESK).context["chain"]
    assert (said["holds"], f"最后 {sealed} 环" in said["words"], "待封存的记录 1 条" in said["words"]) == (True, True, True)


def test_the_auditor_reads_where_the_chain_is_broken(people):
    events = [record(factories.term(), "step", by=TIMETABLE, inputs={"n": n}) for n in range(3)]
    chain.seal()
    factories.thaw()
    Event.objects.filter(pk=events[1].pk).update(step="stef")
    page = client_of(people.auditor).get(DESK)
    assert page.context["chain"]["holds"] is False
    assert f"记录 {events[1].pk}" in page.content.decode()


def test_the_end_of_the_chain_is_computed_again_without_its_beginning(people):
    events = [record(factories.term(), "step", by=TIMETABLE, inputs={"n": n}) for n in range(6)]
    sealed = chain.seal()
    assert chain.verify_last(2) == chain.Verdict(sound=2, broken_at=None, event=None, unsealed=0)
    assert chain.verify_last(sealed) == chain.verify() == chain.verify_last(sealed + 5)
    factories.thaw()
    Event.objects.filter(pk=events[-1].pk).update(step="stef")
    assert chain.verify_last(2) == chain.Verdict(sound=1, broken_at=sealed, event=events[-1].pk, unsealed=0)
    Event.objects.filter(pk=events[0].pk).update(step="stef")
    assert chain.verify_last(1).broken_at == sealed


def test_a_list_is_headed_by_what_is_in_it_in_the_reader_s_language(people):
    client, headed = client_of(people.secretary), {}
    for language in ("zh-hans", "zh-hant", "en"):
        client.cookies["django_language"] = language
        page = client.get(reverse("admin:facts_contactdesk_changelist")).content.decode()
        headed[language] = re.search(r"<h1>\s*(.*?)\s*</h1>", page)[1]
    assert headed == {"zh-hans": "联系方式", "zh-hant": "聯繫方式", "en": "Contact desks"}


def test_a_filter_offers_who_stands_in_the_list_and_no_other_account(people):
    page = client_of(people.secretary).get(reverse("admin:applications_dutyexception_changelist"))
    assert people.applicant.name not in page.content.decode()
