"""How a word reaches a person: what each channel makes of the other side's answers."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import CommandError, call_command
from sink import Sink

from alliance.channels.file import SmsFile
from alliance.channels.message import Bounced, Deferred, Enclosure, Message, Unreachable
from alliance.channels.sms import Sms
from alliance.channels.ways import Way, channel, way_to

LETTER = Message("a@example.com", "受理", "您的申请已受理。", "<1@example.org>")


@pytest.fixture
def gateway(settings):
    """An SMS operator's gateway on this machine: it answers with the codes it is given, and keeps what it was sent."""

    class Gateway(BaseHTTPRequestHandler):
        answers, taken = [], []

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.taken.append((self.path, self.headers["Authorization"], body))
            self.send_response(self.answers.pop(0) if self.answers else 200)
            self.end_headers()
            self.wfile.write("余额不足".encode())

        def log_message(self, *_words):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.SMS_URL = f"http://secret@127.0.0.1:{server.server_port}/send"
    settings.SMS_TEMPLATES = {"letter": "SMS_001"}
    yield Gateway
    server.shutdown()
    server.server_close()


SMS = Message("+8613800000000", "受理", "", "<2@example.org>", values={"subject": "受理"})


def test_an_sms_goes_as_the_operator_s_template_with_what_fills_it(gateway):
    Sms().send(SMS)
    assert gateway.taken == [
        ("/send", "Bearer secret", {"to": "+8613800000000", "template": "SMS_001", "values": {"subject": "受理"}, "id": "<2@example.org>"})
    ]


@pytest.mark.parametrize(
    ("code", "meaning"),
    [(400, Bounced), (422, Bounced), (401, Unreachable), (404, Unreachable), (429, Deferred), (503, Deferred), (500, Deferred)],
)
def test_a_gateway_s_refusal_is_told_apart(gateway, code, meaning):
    gateway.answers.append(code)
    with pytest.raises(meaning, match=f"{code} 余额不足"):
        Sms().send(SMS)


def test_a_gateway_that_is_not_there_is_no_message_s_fault(settings):
    settings.SMS_URL = "http://t@127.0.0.1:9/send"
    with pytest.raises(Unreachable):
        Sms().send(SMS)


def test_the_embedded_portal_keeps_its_sms_as_files(tmp_path, settings):
    settings.SMS_FILE_PATH = tmp_path
    SmsFile().send(SMS)
    [file] = tmp_path.iterdir()
    assert json.loads(file.read_text()) == {"to": "+8613800000000", "template": "letter", "values": {"subject": "受理"}}


@pytest.mark.parametrize(
    ("ways", "person", "expected"),
    [
        ((True, True), ("a@example.com", "+861"), (Way.MAIL, "a@example.com")),
        ((False, True), ("a@example.com", "+861"), (Way.SMS, "+861")),
        ((True, True), ("", "+861"), (Way.SMS, "+861")),
        ((True, False), ("", "+861"), (Way.HAND, "+861")),
        ((False, False), ("a@example.com", ""), (Way.HAND, "a@example.com")),
    ],
)
def test_the_way_is_the_first_that_is_there(settings, ways, person, expected):
    mail, sms = ways
    settings.HAS_MAIL, settings.SMS_URL, settings.SMS_FILE_PATH = mail, "http://x" if sms else "", None
    assert way_to(*person) == expected


def send_once(letter):
    """One letter over a connection of its own."""
    with closing(channel(Way.MAIL)) as opened:
        opened.send(letter)


@pytest.fixture
def server(settings):
    """A real mail server on this machine."""

    def start(**how):
        sink = Sink(**how)
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
            "django.core.mail.backends.smtp.EmailBackend",
            "127.0.0.1",
            sink.port,
        )
        return sink

    return start


def test_many_letters_go_over_one_connection_with_their_enclosures(server):
    sink, opened = server(), channel(Way.MAIL)
    for n in range(3):
        opened.send(
            Message("a@example.com", f"第{n}封", "正文", f"<{n}@example.org>", (Enclosure("受理通知书.docx", b"PK", "application/zip"),))
        )
    opened.close()
    assert sink.accepted == {"<0@example.org>": 1, "<1@example.org>": 1, "<2@example.org>": 1}


def test_a_server_that_is_busy_is_asked_again_later(server):
    server(share=1.0)
    with pytest.raises(Deferred, match="451 4.7.1 frequency limited"):
        send_once(LETTER)


def test_a_server_that_is_not_there_is_no_letter_s_fault(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9
    with pytest.raises(Unreachable):
        send_once(LETTER)


def test_check_mail_says_what_the_server_answered(server, settings, capsys):
    sink = server()
    call_command("check_mail", "a@example.com")
    assert ("took a trial letter" in capsys.readouterr().out, sum(sink.accepted.values())) == (True, 1)
    server(share=1.0)
    with pytest.raises(CommandError, match="asks to try again later: 451"):
        call_command("check_mail", "a@example.com")
    settings.EMAIL_PORT = 9
    with pytest.raises(CommandError, match="was not reached"):
        call_command("check_mail", "a@example.com")
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("check_mail", "nobody")
    settings.HAS_MAIL = False
    with pytest.raises(CommandError, match="EMAIL_URL is none"):
        call_command("check_mail", "a@example.com")
