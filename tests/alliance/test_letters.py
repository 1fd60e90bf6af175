"""Every decision has its letter; a rolled-back step is silent; a crash loses nothing."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email import policy
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import transaction

from alliance import clock
from alliance.letters import outbox
from alliance.letters.eml import EmailBackend
from alliance.letters.models import TRIES, Letter, State
from alliance.letters.tasks import sweep
from alliance.letters.write import write
from applications import workflow
from tests import factories

pytestmark = pytest.mark.django_db


def one(key="k"):
    application = factories.application("submitted")
    return write("accepted", about=application, application=application, to="a@example.com", key=key, language="zh-hans")


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
    assert outbox.claim() == letter
    assert outbox.claim() is None
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert outbox.sweep() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_an_unreachable_server_is_tried_again_and_then_said(monkeypatch):
    letter = one()

    def refuse(self, **_options):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    now = clock.now()
    for n in range(TRIES + 2):
        with clock.at(now + n * timedelta(minutes=11)):
            outbox.sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.FAILED, TRIES)
    assert "SMTPServerDisconnected" in letter.error


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


TEMPLATES = sorted(path.stem for path in Path("templates/mail").glob("*.txt") if path.stem != "signature")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_letter_has_its_words_in_every_language(template, language, people):
    unit = people.units["member"]
    application = factories.application("publicity", contact_email="")
    nomination = factories.nomination(unit, kind="recommended", recommender=people.units["council"])
    tenure = people.units["council"].tenures.get()
    about = {"application": application, "unit": unit, "nomination": nomination, "tenure": tenure, "meeting": factories.meeting()}
    words = {
        "words": "请补充",
        "reason": "不符",
        "ground": "J02",
        "defects": ["C02"],
        "applications": [application],
        "closed": application.batch,
    }
    letter = write(template, about=application, to="a@example.com", key="k", language=language, **about, **words)
    chinese = re.search(r"[一-鿿]", letter.subject)
    assert bool(chinese) or language == "en"
    assert all((letter.subject, letter.body))
    assert not set("{}%") & set(letter.subject + letter.body)
    assert "None" not in letter.subject + letter.body


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
    from django.urls import reverse

    page = reverse("admin:letters_letter_change", args=[letter.pk])
    assert [step["name"] for step in client.get(page).context["open_steps"]] == ["send_again"]
    client.post(page, {"_step": "send_again"})
    outbox.sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.error) == (State.SENT, 1, "")
    assert client.post(page, {"_step": "send_again"}).status_code == 409


def test_a_letter_that_cannot_be_sent_stops_no_other(monkeypatch):
    first, second = one("k1"), one("k2")
    real = mail.EmailMessage.send

    def send(self, **options):
        if self.extra_headers["Message-ID"] == first.message_id:
            raise ValueError("header")
        return real(self, **options)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    outbox.sweep()
    second.refresh_from_db()
    assert second.state == State.SENT


def test_a_letter_whose_every_try_died_is_failed_and_shown():
    letter = one()
    now = clock.now()
    for n in range(TRIES):
        with clock.at(now + n * timedelta(minutes=11)):
            outbox.claim()
    with clock.at(now + timedelta(hours=2)):
        outbox.sweep()
    letter.refresh_from_db()
    assert letter.state == State.FAILED
