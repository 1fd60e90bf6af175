"""Notes and telephone notes: the office's own, written once, seen by nobody else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.history.models import Event
from alliance.mydata.held import held_on
from applications.models import Note
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/applications/note/add/"


@pytest.fixture
def application(people):
    return factories.application("submitted", by=people.applicant)


def page(client, user, application) -> str:
    client.force_login(user)
    return client.get(reverse("admin:applications_application_change", args=[application.pk])).content.decode()


def write(client, user, application, **typed):
    client.force_login(user)
    return client.post(ADD, {"number": application.number, "kind": "remark", "words": "印章待补。"} | typed)


def test_a_note_stands_on_the_page_of_its_application_and_its_words_are_in_no_event(client, people, application):
    answer = write(client, people.clerk, application)
    assert (answer.status_code, answer.url) == (302, reverse("admin:applications_application_change", args=[application.pk]))
    assert "印章待补。" in page(client, people.officer, application)
    event = Event.objects.of(application).steps("note").get()
    assert (event.actor, event.details, event.after) == (people.clerk, {"note": Note.objects.get().pk, "kind": "remark"}, "")


def test_a_telephone_note_says_with_whom(client, people, application):
    assert write(client, people.clerk, application, kind="telephone").status_code == 200
    write(client, people.clerk, application, kind="telephone", whom="综合部王例三", telephone="138 0013 8000")
    [note] = Note.objects.all()
    assert (note.whom, note.telephone, note.by) == ("综合部王例三", "138 0013 8000", people.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.note(application, kind="telephone")


def test_a_remark_keeps_no_name_and_no_number(client, people, application):
    write(client, people.clerk, application, whom="王例三", telephone="138 0013 8000")
    note = Note.objects.get()
    assert (note.whom, note.telephone) == ("", "")


def test_a_note_is_never_changed_or_deleted(client, people, application):
    note = factories.note(application, people.clerk)
    client.force_login(people.clerk)
    change = reverse("admin:applications_note_change", args=[note.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"words": "改"}).status_code == 403
    assert client.post(reverse("admin:applications_note_delete", args=[note.pk]), {"post": "yes"}).status_code == 403
    note.refresh_from_db()
    assert note.words == "已提醒补章。"


def test_the_applicant_sees_no_note_and_no_trace_of_one(client, people, application):
    factories.note(application, people.clerk, words="内部意见")
    write(client, people.clerk, application, words="内部意见二")
    theirs = Client()
    theirs.force_login(people.applicant)
    said = theirs.get(application.get_absolute_url()).content.decode()
    assert "内部意见" not in said
    assert "备注" not in said


def test_who_is_a_party_to_the_application_reads_none_although_they_are_of_the_office(client, people):
    theirs = factories.application("submitted", contact_email=people.clerk.email)
    note = factories.note(theirs, words="内部意见")
    assert "内部意见" not in page(client, people.clerk, theirs)
    assert client.get(reverse("admin:applications_note_change", args=[note.pk])).status_code == 302
    assert "内部意见" not in client.get(reverse("admin:applications_note_changelist")).content.decode()
    assert write(client, people.clerk, theirs).status_code == 200
    assert Note.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_of_what_was_never_submitted_nothing_is_noted(client, people, state):
    draft = factories.draft(by=people.applicant)
    type(draft).objects.filter(pk=draft.pk).update(state=state, number="SQ2020-7777")
    draft.refresh_from_db()
    assert write(client, people.clerk, draft).status_code == 200
    assert not Note.objects.exists()


def test_whoever_was_called_finds_that_the_call_was_noted(people, application):
    type(people.stranger).objects.filter(pk=people.stranger.pk).update(mobile="+8613800138000", mobile_confirmed_at=clock.now())
    people.stranger.refresh_from_db()
    factories.note(application, kind="telephone", whom="郑示六", telephone="138-0013-8000", words="内部意见")
    factories.note(application, kind="telephone", whom="王例三", telephone="138-0013-8100")
    rows = {group.name: group.rows for group in held_on(people.stranger)}["calls"]
    assert [(row["name"], row["what"]) for row in rows] == [("郑示六", str(application))]
    assert "内部意见" not in str(rows)


def test_hidden_characters_are_refused_in_a_note(client, people, application):
    assert write(client, people.clerk, application, words="甲\x00乙").status_code == 200
    assert not Note.objects.exists()
