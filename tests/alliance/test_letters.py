"""Every decision has its letter; a rolled-back step is silent; a crash loses nothing."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email import policy
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.channels.ways import Way
from alliance.letters import outbox, texts
from alliance.letters import workflow as letter_workflow
from alliance.letters.eml import EmailBackend
from alliance.letters.kinds import KINDS
from alliance.letters.models import TRIES, Hold, Letter, State, Wording
from alliance.letters.tasks import sweep
from alliance.letters.write import bag
from alliance.workflow import Refused
from applications import notices, workflow
from applications.models import Application
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(people):
    """The people, whose own letters have gone out before the test begins."""
    outbox.sweep()
    mail.outbox.clear()
    return people


def one(key="k"):
    application = factories.application("submitted")
    said = notices.said(application)
    return notices.write(notices.ACCEPTED, about=application, to="a@example.com", key=key, language="zh-hans", **said)


def test_the_same_occasion_writes_one_letter():
    assert one().pk == one().pk


def test_a_step_rolled_back_leaves_no_letter(people):
    application = factories.application("submitted")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        workflow.accept(application, by=people.clerk)
        1 / 0  # noqa: B018
    assert not Letter.objects.about(application).exists()


def test_a_sweep_sends_what_waits_once():
    letter = one()
    sweep()
    sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, len(mail.outbox)) == (State.SENT, 1, 1)
    assert (mail.outbox[0].to, mail.outbox[0].extra_headers["Message-ID"]) == (["a@example.com"], letter.message_id)


def test_a_letter_in_the_hands_of_a_process_that_died_goes_out_with_the_same_message_id():
    letter = one()
    assert outbox.claim(Way.MAIL) == [letter]
    assert outbox.claim(Way.MAIL) == []
    with clock.at(clock.now() + LATER):
        assert outbox.sweep() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_without_a_broker_the_step_goes_on_and_the_letter_waits(monkeypatch, django_capture_on_commit_callbacks):
    from kombu.exceptions import OperationalError

    def down(*_args, **_options):
        raise OperationalError

    monkeypatch.setattr("celery.current_app.send_task", down)
    application = factories.application("submitted")
    with django_capture_on_commit_callbacks(execute=True) as nudges:
        workflow.accept(application, by=factories.user("张示一", "clerk"))
    assert len(nudges) == 1
    assert Letter.objects.waiting().about(application).count() == 2


LANGUAGES = ["zh-hans", "zh-hant", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_letter_has_its_words_in_every_language(kind, language):
    subject, body = texts.shipped(kind.name, language)
    assert (subject and body, texts.unknown(kind, subject, body), texts.strays(subject, body)) == (body, [], False)
    assert bool(re.search(r"[一-鿿]", subject)) or language == "en" or subject == "{{ alliance }}"
    used = [set(texts.PLACE.findall("".join(texts.shipped(kind.name, each)))) for each in LANGUAGES]
    assert used[0] == used[1] == used[2]


def test_every_file_of_words_is_a_kind_of_letter():
    assert {path.name.partition(".")[0] for path in texts.SHIPPED.iterdir()} == set(KINDS)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_correction_names_its_defects_and_where_to_go(language, people):
    applicant = factories.user("陈示七", language=language)
    application = factories.application("submitted", by=applicant)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="请重新盖章")
    letter = Letter.objects.about(application).filter(recipient=applicant).get()
    assert application.number in letter.subject
    assert "请重新盖章" in letter.body
    assert f"/applications/{application.uuid}/" in letter.body
    assert "{" not in letter.subject + letter.body


def test_the_embedded_portal_writes_one_file_a_letter(tmp_path, settings):
    settings.EMAIL_FILE_PATH = tmp_path / "letters"
    message = mail.EmailMessage("受理", "您的申请已受理。", "no-reply@example.org", ["a@example.com"])
    assert EmailBackend().send_messages([message, message]) == 2
    files = list((tmp_path / "letters").iterdir())
    assert {f.suffix for f in files} == {".eml"}
    assert len(files) == 2
    read = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (read["Subject"], read.get_content().strip()) == ("受理", "您的申请已受理。")


def test_the_office_sends_a_failed_letter_again(people, client):
    letter = one()
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED, tries=TRIES, error="SMTPServerDisconnected")
    client.force_login(people.clerk)
    page = reverse("admin:letters_letter_change", args=[letter.pk])
    assert [step["name"] for step in client.get(page).context["open_steps"]] == ["send_again", "tell_by_hand", "cancel"]
    client.post(page, {"_step": "send_again"})
    outbox.sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.error) == (State.SENT, 1, "")
    assert client.post(page, {"_step": "send_again"}).status_code == 409


def test_a_letter_that_cannot_be_sent_stops_no_other(monkeypatch):
    first, second = one("k1"), one("k2")
    answers(monkeypatch, {first.message_id: RuntimeError("a surprise")})
    outbox.sweep()
    assert (state(first), state(second)) == (State.QUEUED, State.SENT)
    assert first.attempts.get().answer == "RuntimeError: a surprise"


def test_a_letter_whose_every_try_died_is_failed_and_shown():
    letter = one()
    now = clock.now()
    for n in range(TRIES):
        with clock.at(now + n * LATER):
            outbox.begin(*outbox.claim(Way.MAIL))
    with clock.at(now + TRIES * LATER):
        assert outbox.sweep() == 0
    assert (state(letter), letter.attempts.count(), letter.attempts.filter(ended_at=None).count()) == (State.FAILED, TRIES, TRIES)


# ── what a server may answer ─────────────────────────────────────────────────────────────────────────────────────────

LATER = timedelta(minutes=11)


def answers(monkeypatch, failures):
    """A server that takes every message but those in `failures`, by Message-ID; one failure for all where it is no dictionary."""
    real = mail.EmailMessage.send

    def send(self, **options):
        failure = failures.get(self.extra_headers["Message-ID"]) if isinstance(failures, dict) else failures
        if failure:
            raise failure
        return real(self, **options)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)


def state(letter):
    letter.refresh_from_db()
    return letter.state


REFUSALS = {
    "greylisted": (SMTPRecipientsRefused({"a@example.com": (450, b"4.2.0 Greylisted")}), State.QUEUED),
    "full mailbox": (SMTPRecipientsRefused({"a@example.com": (452, b"4.2.2 Mailbox full")}), State.QUEUED),
    "frequency limited": (SMTPDataError(550, b"Mailbox unavailable or frequency limited"), State.QUEUED),
    "too frequent, in Chinese": (SMTPDataError(550, "发信过于频繁".encode()), State.QUEUED),
    "no such user": (SMTPRecipientsRefused({"a@example.com": (550, b"5.1.1 No such user")}), State.FAILED),
    "sender refused": (SMTPSenderRefused(553, b"5.7.1 not owned", "x@example.org"), State.FAILED),
    "no message at all": (ValueError("Header values may not contain linefeed characters"), State.FAILED),
    "disconnected": (SMTPServerDisconnected("Connection unexpectedly closed"), State.QUEUED),
    "log-in refused": (SMTPAuthenticationError(535, b"5.7.8 bad credentials"), State.QUEUED),
    "no route": (OSError("Network is unreachable"), State.QUEUED),
}


@pytest.mark.parametrize(("failure", "then"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_told_apart_by_what_it_means(monkeypatch, failure, then):
    letter = one()
    answers(monkeypatch, failure)
    assert outbox.sweep() == 0
    assert state(letter) == then
    assert letter.attempts.get().ended_at
    assert letter.error == letter.attempts.get().answer


def test_a_temporary_refusal_backs_off_for_about_a_day_and_is_then_said(monkeypatch):
    letter = one()
    answers(monkeypatch, SMTPDataError(451, b"4.7.1 try again later"))
    tried, now = [], clock.now()
    for minute in [*range(0, 60, 1), *range(60, 60 * 36, 30)]:
        with clock.at(now + timedelta(minutes=minute)):
            outbox.sweep()
        if letter.attempts.count() > len(tried):
            tried.append(minute)
    assert tried == [0, 1, 6, 21, 90, 270, 630, 1350]
    assert state(letter) == State.FAILED


def test_an_unreachable_server_is_no_letters_fault_and_the_desk_says_so(monkeypatch, people, client):
    letters = [one(f"k{n}") for n in range(3)]
    answers(monkeypatch, ConnectionRefusedError(111, "Connection refused"))
    now = clock.now()
    for n in range(30):
        with clock.at(now + n * timedelta(minutes=2)):
            outbox.sweep()
    assert {(state(letter), letter.tries) for letter in letters} == {(State.QUEUED, 0)}
    client.force_login(people.clerk)
    [said] = client.get("/admin/").context["troubles"]
    assert "Connection refused" in said
    monkeypatch.undo()
    with clock.at(now + timedelta(hours=2)):
        assert outbox.sweep() == 3
    assert client.get("/admin/").context["troubles"] == []


def test_a_connection_that_broke_after_some_letters_is_opened_anew(monkeypatch):
    letters = [one(f"k{n}") for n in range(4)]
    answers(monkeypatch, {letters[2].message_id: SMTPServerDisconnected("after two")})
    assert outbox.sweep() == 3
    assert [state(letter) for letter in letters] == [State.SENT, State.SENT, State.QUEUED, State.SENT]


def test_no_domain_gets_more_than_its_pace(settings):
    settings.LETTER_PACE = 7
    for n in range(30):
        letter = one(f"k{n}")
        domain = "example.com" if n < 25 else "example.org"
        Letter.objects.filter(pk=letter.pk).update(to=f"u{n}@{domain}", domain=domain)
    now = clock.now()
    sent = []
    for minute in range(5):
        with clock.at(now + timedelta(minutes=minute, seconds=minute)):
            sent.append(outbox.sweep())
    assert sent == [7 + 5, 7, 7, 4, 0]


def test_what_was_claimed_and_not_begun_is_given_back(monkeypatch):
    letters = [one(f"k{n}") for n in range(3)]
    answers(monkeypatch, {letters[1].message_id: KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        outbox.sweep()
    assert [state(letter) for letter in letters] == [State.SENT, State.QUEUED, State.QUEUED]
    assert [letter.tries for letter in letters] == [1, 1, 0]


def test_a_process_that_was_too_slow_has_lost_its_letters():
    letter = one()
    [slow] = outbox.claim(Way.MAIL)
    with clock.at(clock.now() + LATER):
        assert outbox.sweep() == 1
    assert outbox.begin(slow) is None
    assert (state(letter), letter.attempts.count()) == (State.SENT, 1)


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_channel_a_letter_waits_to_be_told(settings, people):
    settings.HAS_MAIL, settings.SMS_FILE_PATH = False, None
    letter = one()
    assert (letter.state, letter.way, outbox.sweep()) == (State.TO_BE_TOLD, Way.HAND, 0)
    when = clock.now() - timedelta(minutes=5)
    letter_workflow.told(letter, by=people.clerk, whom="陈示七", how="电话告知", when=when)
    attempt = letter.attempts.get()
    assert (letter.state, letter.sent_at, attempt.to, attempt.answer, attempt.by) == (State.SENT, when, "陈示七", "电话告知", people.clerk)


def test_without_a_mail_server_a_letter_goes_by_sms_to_whom_has_a_mobile_number(settings, people, tmp_path):
    settings.HAS_MAIL, settings.SMS_URL, settings.SMS_FILE_PATH = False, "", tmp_path
    people.applicant.mobile = "+8613800138000"
    people.applicant.save()
    application = factories.application("submitted", by=people.applicant)
    application.contact_phone = "0755-0000 0001"  # a demo's number, which no operator knows
    application.contact_email = "liaison@example.net"
    with clock.at(clock.midnight(clock.today()) + timedelta(minutes=1)):
        notices.accepted(application)
        assert outbox.sweep() == 0  # no telephone rings at night
    with clock.at(clock.midnight(clock.today()) + timedelta(hours=8)):
        assert outbox.sweep() == 1
    letters = Letter.objects.about(application).filter(template="accepted").order_by("key")
    assert [(each.way, each.state) for each in letters] == [(Way.HAND, State.TO_BE_TOLD), (Way.SMS, State.SENT)]
    assert application.number in next(tmp_path.iterdir()).read_text()


def test_nobody_tells_in_the_future(people):
    letter = one()
    Letter.objects.filter(pk=letter.pk).update(state=State.TO_BE_TOLD)
    with pytest.raises(Refused):
        letter_workflow.told(letter, by=people.clerk, whom="陈示七", how="电话", when=clock.now() + timedelta(hours=1))


def test_a_letter_that_bounced_can_be_told_by_hand_or_go_out_once_there_is_a_channel(settings, people):
    settings.HAS_MAIL = False
    letter = one()
    with pytest.raises(Refused):
        letter_workflow.send_by_channel(letter, by=people.clerk)
    settings.HAS_MAIL = True
    letter_workflow.send_by_channel(letter, by=people.clerk)
    assert (letter.way, outbox.sweep(), state(letter)) == (Way.MAIL, 1, State.SENT)


def test_a_held_kind_waits_for_its_release_and_may_be_edited(people, client):
    Hold.objects.create(kind="accepted")
    first, second = one("k1"), one("k2")
    assert (first.state, outbox.sweep()) == (State.DRAFT, 0)
    letter_workflow.edit(first, by=people.clerk, subject="受理", body="请于周五来电。")
    client.force_login(people.clerk)
    url = reverse("admin:letters_letter_step", args=["release"]) + f"?ids={first.pk},{second.pk}"
    client.post(url, {"_confirm": "1", "_sure": "1"})
    assert outbox.sweep() == 2
    assert (mail.outbox[0].subject, mail.outbox[0].body) == ("受理", "请于周五来电。\n")


def test_a_paper_goes_with_its_letter_as_it_was_made(people, client):
    Hold.objects.create(kind="accepted")
    letter = one()
    paper = factories.paper(Application.objects.get(pk=letter.thing_id), by=people.clerk)
    stranger = factories.paper(factories.application("submitted"), by=people.clerk)
    with pytest.raises(Refused):
        letter_workflow.enclose(letter, by=people.clerk, papers=[stranger])
    client.force_login(people.clerk)
    page = reverse("admin:letters_letter_step", args=["enclose"]) + f"?ids={letter.pk}"
    assert client.post(page, {"papers": [stranger.pk], "_confirm": "1"}).context["form"].errors
    assert client.post(page, {"papers": [paper.pk], "_confirm": "1"}).status_code == 302
    letter_workflow.release(letter, by=people.clerk)
    outbox.sweep()
    assert [(name, content) for name, content, _kind in mail.outbox[0].attachments] == [(paper.file_name, bytes(paper.content))]


def test_a_copy_goes_out_once_more_as_a_message_of_its_own(people):
    letter = one()
    outbox.sweep()
    state(letter)
    letter_workflow.send_once_more(letter, by=people.clerk)
    outbox.sweep()
    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert (first != second, letter.attempts.count()) == (True, 2)


def test_a_cancelled_letter_is_not_sent(people):
    letter = one()
    letter_workflow.cancel(letter, by=people.officer, reason="重复")
    assert (outbox.sweep(), state(letter), letter.error) == (0, State.CANCELLED, "重复")


# ── the office's own words ───────────────────────────────────────────────────────────────────────────────────────────


def words(client, **typed):
    data = {"kind": "accepted", "language": "zh-hans", "subject": "{{ number }} 已受理", "body": "{{ name }}：请等候。", **typed}
    return client.post(reverse("admin:letters_wording_add"), data)


def test_the_office_says_it_in_other_words_and_goes_back(people, client):
    client.force_login(people.officer)
    before = one("k1")
    assert words(client).status_code == 302
    edited = one("k2")
    assert edited.subject.endswith("已受理")
    assert "：请等候。" in edited.body
    assert words(client, subject="", body="").status_code == 302
    assert one("k3").subject.partition("：")[2] == before.subject.partition("：")[2]
    assert list(Wording.objects.values_list("version", flat=True)) == [2, 1]


def test_an_unknown_variable_is_told_at_its_field(people, client):
    client.force_login(people.officer)
    with translation.override("en"):
        answer = client.post(
            reverse("admin:letters_wording_add"),
            {"kind": "accepted", "language": "en", "subject": "{{ nmuber }}", "body": "{{ name } or {% if x %}"},
            headers={"accept-language": "en"},
        )
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"subject", "body"}
    assert "nmuber" in errors["subject"][0]
    assert not Wording.objects.exists()


def test_what_somebody_typed_is_never_taken_for_a_variable():
    assert texts.fill("{{ name }}：{{ words }}", {"name": "{{ words }}", "words": "{% x %}"}) == "{{ words }}：{% x %}"


# ── many at once, and my letters ─────────────────────────────────────────────────────────────────────────────────────


def test_a_bag_of_letters_is_posted_in_a_few_statements(people, django_assert_max_num_queries):
    applications = [factories.application("submitted") for _ in range(12)]
    for application in applications:
        application.batch, application.applicant, application.entry  # noqa: B018 — what the task fetches beforehand
    for _twice in range(2):
        with django_assert_max_num_queries(8), bag():
            for application in applications:
                notices.accepted(application)
    assert Letter.objects.filter(template="accepted").count() == 24


def test_my_letters_are_mine(people, client):
    application = factories.application("submitted", by=people.applicant)
    workflow.accept(application, by=people.clerk)
    letter = Letter.objects.get(template="accepted", recipient=people.applicant)
    client.force_login(people.applicant)
    assert letter.subject in client.get("/letters/").content.decode()
    assert client.get(letter.get_absolute_url()).status_code == 200
    Letter.objects.filter(pk=letter.pk).update(state=State.DRAFT)
    assert client.get(letter.get_absolute_url()).status_code == 404
    client.force_login(people.stranger)
    assert client.get(letter.get_absolute_url()).status_code == 404
