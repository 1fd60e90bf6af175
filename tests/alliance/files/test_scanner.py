"""A virus scanner's word is awaited where there is one."""

from __future__ import annotations

import socket
import struct
import threading

import pytest
from django.urls import reverse

from alliance import clock
from alliance.files import scanning
from alliance.files.checking import check
from alliance.files.choices import State
from alliance.files.forms import keep
from alliance.files.models import StoredFile
from tests import factories
from tests.alliance import hostile
from tests.alliance.files.handing_in import client_of, code, no_room, stored, upload

pytestmark = pytest.mark.django_db


class Clamd(threading.Thread):
    """A scanner that speaks clamd's INSTREAM over a real socket, and finds a virus where the word stands."""

    def __init__(self, family=socket.AF_INET, address=("127.0.0.1", 0), says: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.socket = socket.socket(family)
        self.socket.bind(address)
        self.socket.listen()
        self.says, self.heard = says, []

    def run(self) -> None:
        while True:
            try:
                talk, _from = self.socket.accept()
            except OSError:
                return
            with talk, talk.makefile("rb") as told:
                self.answer(talk, told)

    def answer(self, talk, told) -> None:
        assert told.read(10) == b"zINSTREAM\0"
        contents = b""
        while length := struct.unpack("!L", told.read(4))[0]:
            contents += told.read(length)
        self.heard.append(contents)
        talk.sendall(self.says or (b"stream: Test.Virus FOUND\0" if b"VIRUS" in contents else b"stream: OK\0"))


@pytest.fixture
def clamd(settings):
    started = []

    def start(**options) -> Clamd:
        scanner = Clamd(**options)
        started.append(scanner)
        scanner.start()
        address = scanner.socket.getsockname()
        settings.SCAN_URL = f"unix://{address}" if isinstance(address, str) else f"tcp://{address[0]}:{address[1]}"
        return scanner

    yield start
    for scanner in started:
        scanner.socket.shutdown(socket.SHUT_RDWR)
        scanner.socket.close()
        scanner.join(5)


@pytest.fixture
def no_nudges(monkeypatch):
    sent = []
    monkeypatch.setattr("alliance.files.scanning.current_app.send_task", sent.append)
    return sent


def states() -> list[str]:
    return list(StoredFile.objects.order_by("id").values_list("state", flat=True))


def test_with_a_scanner_a_file_waits_for_its_word(clamd, people, no_nudges, django_capture_on_commit_callbacks):
    scanner, draft = clamd(), factories.draft(papers=False, by=people.applicant)
    with django_capture_on_commit_callbacks(execute=True):
        good = stored(draft)
        bad = keep(check(upload("a.pdf", hostile.pdf(head=b"%VIRUS\n"))), about=draft, by=people.applicant)
    assert (states(), no_nudges) == ([State.PENDING] * 2, ["alliance.files.tasks.scan"])
    client = client_of("applicant", people)
    waiting = client.get(good.get_absolute_url())
    assert (waiting.status_code, waiting.templates[0].name) == (423, "files/locked.html")
    assert code(client, reverse("file_page", args=[good.uuid, 1])) == 404
    assert scanning.sweep() == 2
    assert states() == [State.CLEAN, State.INFECTED]
    assert scanner.heard == [good.path.read_bytes(), bad.path.read_bytes()]
    assert [code(client, file.get_absolute_url()) for file in (good, bad)] == [200, 423]
    bad.refresh_from_db()
    assert (bad.virus, bad.scanned_at is not None, bad.path.exists()) == ("Test.Virus", True, True)


def test_a_scanner_may_listen_on_a_socket_of_the_file_system(clamd, tmp_path):
    clamd(family=socket.AF_UNIX, address=str(tmp_path / "clamd"))
    stored(factories.draft(papers=False))
    assert (scanning.sweep(), states()) == (1, [State.CLEAN])


def test_a_scanner_that_is_not_there_keeps_files_waiting(settings, caplog):
    settings.SCAN_URL = "tcp://127.0.0.1:1"
    stored(factories.draft(papers=False))
    assert (scanning.sweep(), states()) == (0, [State.PENDING])
    assert "cannot be reached" in caplog.text


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"\0"])
def test_a_scanner_without_a_verdict_keeps_that_file_waiting(says, clamd, caplog):
    clamd(says=says)
    stored(factories.draft(papers=False))
    assert (scanning.sweep(), states()) == (0, [State.PENDING])
    assert "was not scanned" in caplog.text


def test_bytes_that_are_missing_stop_no_other_file(clamd):
    clamd()
    lost, found = stored(factories.draft(papers=False)), stored(factories.draft(papers=False))
    lost.path.unlink()
    assert (scanning.sweep(), states()) == (1, [State.PENDING, State.CLEAN])
    assert found.path.exists()


def test_without_a_scanner_files_are_served_and_said_to_be_unscanned(people, settings):
    settings.SCAN_URL = ""
    stored(factories.application("submitted", by=people.applicant, papers=False), state=State.PENDING)
    scanning.sweep()
    assert states() == [State.UNSCANNED]
    desk = client_of("officer", people).get("/admin/").context["queues"][-2:]
    assert [(queue.count, queue.tone, bool(queue.note)) for queue in desk] == [(1, "none", True), (0, "none", False)]


def test_a_scanner_set_up_later_sees_what_was_there_before(clamd):
    stored(factories.draft(papers=False))
    assert states() == [State.UNSCANNED]
    clamd()
    assert (scanning.sweep(), states()) == (1, [State.CLEAN])


def test_the_desk_says_what_waits_and_what_was_found(people, settings):
    settings.SCAN_URL = "tcp://127.0.0.1:1"
    application = factories.application("submitted", by=people.applicant, papers=False)
    stored(application)
    stored(application, state=State.INFECTED, scanned_at=clock.now(), virus="Test.Virus")
    stored(factories.draft(papers=False, by=people.applicant))  # a draft's files are nobody's but the applicant's
    desk = client_of("officer", people).get("/admin/").context["queues"][-2:]
    assert [(queue.count, queue.tone) for queue in desk] == [(1, "todo"), (1, "late")]


def test_a_nudge_that_finds_no_broker_is_only_a_nudge(monkeypatch, caplog):
    monkeypatch.setattr("alliance.files.scanning.current_app.send_task", lambda _name: no_room())
    scanning.nudge()
    assert "no broker" in caplog.text
