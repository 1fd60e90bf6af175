"""Handing over: a leaver's work goes to a successor in one transaction, a sheet is signed, and the account is closed, never deleted."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from alliance.accounts import codes
from alliance.accounts.models import SavedView, User
from alliance.demo.codes import uscc
from alliance.documents.models import Paper
from alliance.history.models import Event
from alliance.history.record import record
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused
from applications import behalf, handover
from applications.handling import take_in_hand
from applications.models import Application, Handover
from tests import factories
from tests.applications.test_behalf import in_time

pytestmark = pytest.mark.django_db
ADD = "/admin/applications/handover/add/"


def hand_over(leaver, successor, by, *, closes_account=True) -> Handover:
    return handover.hand_over(leaver, successor, by=by, closes_account=closes_account)


@pytest.fixture
def busy(people):
    """A clerk with one of everything in their hands."""
    leaver = people.clerk
    file = factories.application("submitted")
    take_in_hand(file, leaver)
    entry = behalf.enter(by=leaver, channel="paper", received_at=in_time(), note="", jurisdiction="mainland", reg_no="")
    job = Job.objects.create(work="step on many", total=1, by=leaver, label="受理")
    letter = factories.letter(file, state="draft")
    record(letter, "edit", by=leaver)
    factories.note(file, leaver)
    return leaver, file, entry.application, job, letter


def test_everything_goes_to_the_successor_and_the_row_says_what(people, busy):
    leaver, file, draft, job, letter = busy
    view = SavedView.objects.create(user=leaver, board="batch", name="缺材料的")
    made = hand_over(leaver, people.officer, people.security)
    job.refresh_from_db()
    view.refresh_from_db()
    assert view.user == people.officer
    assert [*Application.objects.in_hand_of(people.officer)] == [file]
    assert [*Application.objects.of(people.officer)] == [draft]
    assert not Application.objects.of(leaver).exists()
    assert Application.objects.get(pk=draft.pk).applicant == people.officer
    assert job.by == people.officer
    assert made.items == {
        "in_hand": [file.pk], "drafts": [draft.pk], "jobs": [job.pk], "views": [view.pk], "letters": [letter.pk], "notes": 1, "requests": 0, "enquiries": 0,
        "branches": [], "offices": ["clerk"], "let_go": [], "stay": [],
    }  # fmt: skip
    event = Event.objects.of(leaver).steps("hand_over").get()
    assert (event.actor, event.details) == (people.security, {"handover": made.pk, "to": people.officer.pk, "closes": True})


def test_what_was_signed_stays_signed(people, busy):
    leaver, file, *_rest = busy
    hand_over(leaver, people.officer, people.security)
    assert file.notes.get().by == leaver
    assert Event.objects.of(file).steps("take_in_hand").get().actor == leaver


def test_the_account_is_closed_its_offices_end_and_whoever_is_logged_in_is_out(people):
    browser = Client()
    browser.force_login(people.clerk)
    assert browser.get(reverse("admin:index")).status_code == 200
    code = codes.issue(people.clerk, by=people.sysadmin, handed_over="当面")
    staff = factories.branch_staff("clerk")
    hand_over(people.clerk, people.officer, people.security)
    hand_over(staff, people.officer, people.security)
    closed = User.objects.get(pk=people.clerk.pk)
    assert (closed.is_active, closed.has_usable_password(), closed.groups.count(), closed.is_staff) == (False, False, 0, False)
    assert not User.objects.get(pk=staff.pk).branch_posts.running().exists()
    assert browser.get(reverse("admin:index")).status_code == 302
    assert codes.redeem(people.clerk.email, code) is None


def test_without_closing_only_the_work_moves_and_that_is_how_it_is_undone(people, busy):
    leaver, file, *_rest = busy
    hand_over(leaver, people.officer, people.security, closes_account=False)
    assert User.objects.get(pk=leaver.pk).holds("clerk")
    hand_over(people.officer, leaver, people.security, closes_account=False)
    assert [*Application.objects.in_hand_of(leaver)] == [file]
    assert Handover.objects.count() == 2


def test_a_file_that_concerns_the_successor_is_let_go(people):
    file = factories.application("submitted", contact_email=people.officer.email)
    take_in_hand(file, people.clerk)
    made = hand_over(people.clerk, people.officer, people.security)
    assert made.items["let_go"] == [file.pk]
    assert not file.handlings.running().exists()


def test_a_draft_under_whose_number_the_successor_writes_stays(people):
    entry = behalf.enter(
        by=people.clerk, channel="paper", received_at=in_time(), note="", jurisdiction="mainland", reg_no=uscc("91", "440300", 77)
    )
    factories.draft(by=people.officer, reg_no=entry.application.reg_no)
    assert hand_over(people.clerk, people.officer, people.security).items["stay"] == [entry.application_id]


@pytest.mark.parametrize("role", ["stranger", "applicant", "clerk", "officer", "sysadmin", "auditor"])
def test_only_the_security_administrator_and_the_secretary_general_hand_over(people, role):
    with pytest.raises(NotAllowed):
        hand_over(factories.user("离任", "clerk"), people.officer, getattr(people, role))


def test_nobody_hands_over_their_own_work_and_an_administrator_s_only_the_security_administrator(people):
    with pytest.raises(NotAllowed):
        hand_over(people.secretary, people.officer, people.secretary)
    with pytest.raises(NotAllowed):
        hand_over(people.auditor, people.officer, people.secretary)
    hand_over(people.auditor, people.officer, people.security)


@pytest.mark.parametrize("successor", ["stranger", "sysadmin", "clerk"])
def test_the_successor_is_somebody_else_of_the_secretariat(people, successor):
    with pytest.raises(Refused):
        hand_over(people.clerk, getattr(people, successor), people.security)


def test_who_has_left_already_hands_over_nothing(people):
    hand_over(people.clerk, people.officer, people.security)
    with pytest.raises(Refused):
        hand_over(people.clerk, people.officer, people.security)
    with pytest.raises(Refused):
        hand_over(people.officer, people.clerk, people.security)


def test_where_something_fails_nothing_has_moved(people, busy, monkeypatch):
    leaver, file, *_rest = busy
    monkeypatch.setattr(handover, "close", lambda _leaver: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hand_over(leaver, people.officer, people.security)
    assert [*Application.objects.in_hand_of(leaver)] == [file]
    assert not Handover.objects.exists()


def test_the_page_lists_what_there_is_and_hands_it_over(client, people, busy):
    leaver, file, *_rest = busy
    client.force_login(people.security)
    assert client.get(ADD).status_code == 200
    page = client.get(ADD, {"leaver": leaver.pk}).content.decode()
    assert file.name in page
    assert client.post(f"{ADD}?leaver={leaver.pk}", {"successor": leaver.pk}).status_code == 422
    answer = client.post(f"{ADD}?leaver={leaver.pk}", {"successor": people.officer.pk, "closes_account": "on"})
    made = Handover.objects.get()
    assert answer.url == reverse("admin:applications_handover_change", args=[made.pk])
    assert "经办" in client.get(answer.url).content.decode()


def test_a_foreign_or_impossible_leaver_lists_nothing(client, people):
    client.force_login(people.secretary)
    for leaver in (people.secretary.pk, people.auditor.pk, people.applicant.pk, "x", 10**30):
        assert client.get(ADD, {"leaver": leaver}).context["leaver"] is None


def test_the_sheet_to_sign_is_a_paper_with_three_names_and_what_was_handed_over(client, people, busy):
    leaver, file, *_rest = busy
    made = hand_over(leaver, people.officer, people.security)
    client.force_login(people.security)
    client.post(reverse("admin:applications_handover_change", args=[made.pk]), {"_paper": "handover"})
    paper = Paper.objects.get(kind="handover")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(bytes(paper.content))).pages)
    assert all(words in "".join(text.split()) for words in ("工作移交清单", "移交人（签字）", "监交人（签字）", file.number))
    assert client.get(paper.get_absolute_url()).status_code == 200
    client.force_login(people.sysadmin)
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_a_handover_is_written_once(people):
    made = factories.handover(people.security)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.handover(people.security, leaver=people.security)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.filter(pk=made.pk).update(items={})


def test_letters_that_others_edited_are_not_told(people):
    record(factories.letter(factories.application("submitted"), state="draft"), "edit", by=people.officer)
    assert hand_over(people.clerk, people.officer, people.security).items["letters"] == []
    assert Letter.objects.filter(state="draft").exists()
