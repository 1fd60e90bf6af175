"""A file is read by those who read what it is about, and handed out so that it can do nothing."""

from __future__ import annotations

import errno
import io
import logging

import pytest
from django.urls import reverse
from PIL import Image

from alliance import clock
from alliance.files import bounded
from alliance.files.checking import check
from alliance.files.forms import keep
from tests import factories
from tests.alliance import hostile
from tests.alliance.files.handing_in import client_of, code, stored, upload
from tests.conftest import ROLES

pytestmark = pytest.mark.django_db


# ── Who reads ────────────────────────────────────────────────────────────────────────────────────────────────────────

OFFICE = {"clerk", "officer", "secretary"}


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_file_is_read_by_those_who_read_its_application(state, people):
    file = stored(factories.application(state, by=people.applicant, papers=False))
    let_in = {"applicant"} | (OFFICE if state != "draft" else set())
    for address in (file.get_absolute_url(), reverse("file_page", args=[file.uuid, 1])):
        answers = {role: code(client_of(role, people), address) for role in ROLES}
        assert answers == {role: 200 if role in let_in else 302 if role == "anonymous" else 404 for role in ROLES}


def test_a_colleague_reads_and_one_who_left_does_not(people):
    application = factories.application("submitted", by=people.applicant, papers=False)
    file = stored(application)
    application.organisation.colleagues.create(user=people.stranger)
    assert code(client_of("stranger", people), file.get_absolute_url()) == 200
    application.organisation.colleagues.filter(user=people.stranger).update(until=clock.today())
    assert code(client_of("stranger", people), file.get_absolute_url()) == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_file_is_only_read(method, people):
    file = stored(factories.draft(papers=False, by=people.applicant))
    for address in (file.get_absolute_url(), reverse("file_page", args=[file.uuid, 1])):
        assert getattr(client_of("applicant", people), method)(address).status_code == 405


def test_a_file_about_what_no_rule_knows_is_read_by_nobody(people):
    file = stored(people.units["member"].organisation, by=people.member)
    assert {code(client_of(role, people), file.get_absolute_url()) for role in ROLES[1:]} == {404}


HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Disposition": "attachment; filename*=utf-8''%E7%AB%A0%E7%A8%8B.pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_a_file_is_handed_out_to_be_saved_and_can_do_nothing(people, caplog):
    file = stored(factories.draft(papers=False, by=people.applicant), "a plain PDF")
    with caplog.at_level(logging.INFO, "alliance.files.access"):
        answer = client_of("applicant", people).get(file.get_absolute_url())
    assert b"".join(answer.streaming_content) == file.path.read_bytes()
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert [record.getMessage() for record in caplog.records] == [f"user {people.applicant.pk} read file {file.uuid}"]


def test_behind_the_proxy_the_proxy_hands_it_out(people, settings):
    settings.INTERNAL_FILES = "/internal-files/"
    file = stored(factories.draft(papers=False, by=people.applicant), "a plain PDF")
    answer = client_of("applicant", people).get(file.get_absolute_url())
    assert (answer.content, answer["X-Accel-Redirect"]) == (b"", f"/internal-files/{file.place}")
    assert {name: answer[name] for name in HEADERS} == HEADERS
    page = client_of("applicant", people).get(reverse("file_page", args=[file.uuid, 1]))
    assert page["X-Accel-Redirect"] == f"/internal-files/pictures/{file.uuid.hex[:2]}/{file.uuid.hex[2:4]}/{file.uuid.hex}/1.png"


# ── Page pictures ────────────────────────────────────────────────────────────────────────────────────────────────────


def shown(client, file, number) -> Image.Image:
    answer = client.get(reverse("file_page", args=[file.uuid, number]))
    assert (answer.status_code, answer["Content-Type"], answer["Content-Disposition"]) == (200, "image/png", "inline")
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_page_is_looked_at_as_a_picture_of_our_drawing(people, monkeypatch):
    client, draft = client_of("applicant", people), factories.draft(papers=False, by=people.applicant)
    file = stored(draft, "a plain PDF")
    assert shown(client, file, 1).size == (1240, 1754)
    monkeypatch.setattr(bounded, "ask", lambda *_words: pytest.fail("it is drawn once"))
    assert shown(client, file, 1).size == (1240, 1754)


def test_a_picture_is_looked_at_too_and_a_large_one_is_made_smaller(people):
    client, draft = client_of("applicant", people), factories.draft(papers=False, by=people.applicant)
    large = keep(check(upload("a.png", hostile.saved(hostile.sheet((4000, 2000)), "PNG"))), about=draft, by=people.applicant)
    assert shown(client, large, 1).size == (1754, 877)


@pytest.mark.parametrize(
    ("case", "number"), [("a plain PDF", 0), ("a plain PDF", 2), ("a plain PDF", 99999999999), ("a scanned PDF", 4), ("a Word file", 1)]
)
def test_a_page_that_is_not_there_is_not_found(case, number, people):
    file = stored(factories.draft(papers=False, by=people.applicant), case)
    assert client_of("applicant", people).get(f"/files/{file.uuid}/pages/{number}.png").status_code == 404


@pytest.mark.parametrize("says", [{"refused": "broken"}, OSError(errno.ENOSPC, "")])
def test_a_page_that_cannot_be_drawn_is_not_found(says, people, monkeypatch):
    file = stored(factories.draft(papers=False, by=people.applicant))

    def ask(*_words):
        if isinstance(says, OSError):
            raise says
        return says

    monkeypatch.setattr(bounded, "ask", ask)
    assert code(client_of("applicant", people), reverse("file_page", args=[file.uuid, 1])) == 404
