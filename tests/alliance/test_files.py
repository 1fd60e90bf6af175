"""What is uploaded cannot hurt: bad kinds are refused at their field, good ones kept, and nobody reads another's."""

from __future__ import annotations

import errno
import hashlib
import io
import logging
import os
import socket
import struct
import threading
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from alliance import clock
from alliance.files import bounded, checking, scanning, shelf, sweeping, titles
from alliance.files.apart import limits
from alliance.files.apart import main as apart
from alliance.files.checking import check
from alliance.files.choices import State
from alliance.files.forms import keep
from alliance.files.models import StoredFile
from alliance.files.words import WHY
from applications import workflow
from applications.choices import Paper, Section
from applications.choices import State as Standing
from applications.models.attachment import MOST, attach, take_away
from tests import factories
from tests.alliance import hostile
from tests.conftest import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    """A home of its own for every test."""
    settings.PORTAL_HOME = tmp_path
    return tmp_path / "files"


@pytest.fixture
def draft(client):
    """The draft of the person at the browser."""
    application = factories.draft(papers=False)
    client.force_login(application.applicant)
    return application


def page_of(application) -> str:
    return reverse("applications:attachments", args=[application.uuid])


def post(client, application, name: str, contents: bytes, kind: str = "certificate"):
    """What a browser sends, and what a browser would never send: the name stands as it is."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\n' + kind.encode(),
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n\r\n' + contents,
        b"--edge--\r\n",
    ]
    return client.generic("POST", page_of(application), b"\r\n".join(parts), content_type="multipart/form-data; boundary=edge")


def upload(name: str, contents: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, contents)


def code(client, address: str) -> int:
    """How an address answers; a file that is being handed out is read to its end, which closes it."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def stored(about, case: str = "a JPEG", by=None, **changes) -> StoredFile:
    name, make, _kind = hostile.GOOD[case]
    made = keep(check(upload(name, make())), about=about, by=by or about.applicant)
    if changes:
        StoredFile.objects.filter(pk=made.pk).update(**changes)
        made.refresh_from_db()
    return made


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# ── What is refused, and what is kept ────────────────────────────────────────────────────────────────────────────────


def test_there_are_enough_of_them():
    assert len(hostile.BAD) >= 75
    assert len(hostile.GOOD) >= 9


FAMILIES: dict[str, list[str]] = {}
for each in hostile.BAD:
    family = each.partition(":")[0]
    FAMILIES.setdefault(family if family in (*checking.SIGNATURES, "name") else "other", []).append(each)


def refused(client, draft, case: str) -> list[tuple[int, str, str]]:
    """How the page answers a bad file: with which status, at which field, and by which code, if it is one of ours."""
    name, make, code = hostile.BAD[case]
    answer = post(client, draft, name, make())
    said = [(field, each) for field, errors in answer.context["form"].errors.as_data().items() for each in errors]
    assert all(each.code in WHY and "%(" not in each.messages[0] for _field, each in said)
    return [(answer.status_code, field, code and each.code) for field, each in said]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_bad_file_is_refused_at_its_field_and_nothing_of_it_stays(family, client, draft, home):
    answers = {case: refused(client, draft, case) for case in FAMILIES[family]}
    assert answers == {case: [(422, "file", hostile.BAD[case][2])] for case in FAMILIES[family]}
    assert not StoredFile.objects.exists()
    assert lying(home) == []


@pytest.mark.parametrize("case", hostile.GOOD)
def test_a_good_file_is_kept(case, client, draft, home):
    name, make, kind = hostile.GOOD[case]
    sent = make()
    assert post(client, draft, name, sent).status_code == 302
    kept = StoredFile.objects.get()
    contents = kept.path.read_bytes()
    assert (kept.kind, kept.title) == (kind, f"{Path(name).stem}.{kind}")
    assert (kept.size, kept.sha256) == (len(contents), hashlib.sha256(contents).hexdigest())
    assert contents == sent or kind in ("jpeg", "png")
    assert lying(home) == [f"{kept.uuid.hex}.{kind}"]
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*")} == {0o700, 0o600}


JOBS = {"pdf": "pdf", "jpg": "jpeg", "png": "png", "webp": "webp", "docx": "docx", "xlsx": "xlsx"}
INSIDE = {
    case: (JOBS[name.rpartition(".")[2]], make, code)
    for case, (name, make, code) in hostile.BAD.items()
    if name.rpartition(".")[2] in JOBS
    and case != "docx: password on the whole"
    and code not in (None, "title", "title_long", "large", "mismatch", "empty", "heic")
}


def test_what_opens_a_file_says_the_same_without_its_process(tmp_path):
    source, answers = tmp_path / "received", {}
    for case, (job, make, _code) in INSIDE.items():
        source.write_bytes(make())
        answers[case] = apart.do(job, source, tmp_path / "drawn")
    assert answers == {case: {"refused": code} for case, (_job, _make, code) in INSIDE.items()}


@pytest.mark.parametrize("case", hostile.GOOD)
def test_what_opens_a_good_file_finds_the_same_without_its_process(case, tmp_path):
    name, make, kind = hostile.GOOD[case]
    source = tmp_path / "received"
    source.write_bytes(make())
    found = apart.do(titles.promised(name), source, tmp_path / "drawn")
    assert found == {"kind": kind, "pages": 3 if "scanned" in case else 1, "signed": "signed" in case}


def test_a_signed_pdf_is_known_as_signed():
    assert [stored(factories.draft(papers=False), case).signed for case in ("a signed PDF", "a plain PDF")] == [True, False]


def test_a_photograph_is_turned_upright_and_tells_no_place():
    kept = stored(factories.draft(papers=False), "a photograph from a telephone")
    with Image.open(kept.path) as picture:
        assert picture.size == (400, 300)
        assert (dict(picture.getexif()), picture.info.get("exif"), picture.info.get("comment")) == ({}, None, None)
        left, right = picture.getpixel((390, 150)), picture.getpixel((10, 150))
    assert left[2] - left[0] > 50 > right[2] - right[0]  # what was above is on the right, as the camera was held
    assert b"camera" not in kept.path.read_bytes()


@pytest.mark.parametrize(
    "name", ["a\0b.pdf", "a\u202eb.pdf", "a\u200bb.pdf", "a\nb.pdf", "a/b.pdf", "..\\a.pdf", "nul.txt.pdf", "COM1.pdf", ".pdf", " .pdf", "x" * 120 + ".pdf", "a.svg.png"]
)  # fmt: skip
def test_a_name_with_a_trick_is_refused_wherever_it_comes_from(name):
    with pytest.raises(ValidationError):
        titles.promised(name)
        titles.clean(name)


@pytest.mark.parametrize(
    ("name", "title"),
    [("营业执照（副本）.v2.pdf", "营业执照（副本）.v2"), (" e\u0301.PDF ", "\u00e9"), ("a b-c_1.docx.pdf", "a b-c_1.docx")],
)
def test_a_plain_name_is_shown_as_it_was(name, title):
    assert titles.clean(name) == title


def test_a_path_in_a_name_leads_nowhere(client, draft, home):
    post(client, draft, "../../../etc/cron.d/paper.pdf", hostile.pdf())
    kept = StoredFile.objects.get()
    assert (kept.title, lying(home)) == ("paper.pdf", [f"{kept.uuid.hex}.pdf"])


# ── The process apart ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_process_that_dawdles_or_dies_found_the_file_too_complicated(tmp_path, monkeypatch):
    source = tmp_path / "a.pdf"
    source.write_bytes(hostile.pdf())
    monkeypatch.setattr(bounded, "PATIENCE", 0.01)
    assert bounded.ask("pdf", source) == {"refused": "complex"}
    monkeypatch.setattr(bounded, "PATIENCE", 20)
    monkeypatch.setattr(bounded, "START", "import os; os.abort()")
    assert bounded.ask("pdf", source) == {"refused": "complex"}


def test_the_process_knows_no_secret_and_is_bounded(tmp_path, monkeypatch):
    look = "import sys, os, json; sys.path.append(sys.argv.pop(1)); from apart.main import bound; bound(); import resource as r; "
    told = (
        look
        + "json.dump([sorted(os.environ), r.getrlimit(r.RLIMIT_AS)[1], r.getrlimit(r.RLIMIT_CPU)[1], 'django' in sys.modules], sys.stdout)"
    )
    monkeypatch.setattr(bounded, "START", told)
    environment, memory, seconds, has_django = bounded.ask("pdf", tmp_path)
    assert set(environment) <= {*bounded.PASSED_ON, "LC_CTYPE"}
    assert (memory, seconds, has_django) == (limits.MEMORY, limits.SECONDS, False)


def test_too_little_memory_and_a_full_disk_have_their_own_words(tmp_path, monkeypatch):
    for failure, code in ((MemoryError(), "complex"), (OSError(errno.ENOSPC, ""), "full"), (OSError(errno.EIO, ""), "broken")):

        def stumble(*_words, failure=failure):
            raise failure

        monkeypatch.setattr(apart, "work", stumble)
        assert apart.do("pdf", tmp_path, tmp_path) == {"refused": code}


# ── No room ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def no_room(*_words, **_named):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", [(checking, "write"), (shelf, "settle")], ids=lambda where: where[1])
def test_a_full_disk_is_said_at_the_field_and_nothing_stays(where, client, draft, home, monkeypatch):
    monkeypatch.setattr(*where, no_room)
    answer = post(client, draft, "a.pdf", hostile.pdf())
    assert (answer.status_code, [each.code for each in answer.context["form"].errors.as_data()["file"]]) == (422, ["full"])
    assert (StoredFile.objects.count(), draft.attachments.count()) == (0, 0)
    assert lying(home) == []


@pytest.mark.parametrize("moment", ["open", "write"])
def test_a_disk_that_is_full_while_a_large_upload_comes_in_is_said_too(moment, client, draft, monkeypatch):
    class Full(io.BytesIO):
        write = no_room

    monkeypatch.setattr("tempfile.TemporaryFile", no_room if moment == "open" else lambda **_named: Full())
    answer = post(client, draft, "a.pdf", hostile.pdf() + bytes(3 * hostile.MEGABYTE))
    assert [each.code for each in answer.context["form"].errors.as_data()["file"]] == ["full"]


def test_an_upload_beyond_all_bounds_is_counted_and_not_written(client, draft, home, monkeypatch):
    written = []

    class Counted(io.BytesIO):
        def write(self, data):
            written.append(len(data))

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_named: Counted())
    answer = post(client, draft, "a.pdf", bytes(25 * hostile.MEGABYTE))
    assert [each.code for each in answer.context["form"].errors.as_data()["file"]] == ["large"]
    assert sum(written) <= limits.MOST_OF_ANY + 2**17


def test_a_large_upload_that_fits_is_kept(client, draft):
    large = hostile.pdf(b"", b"", b"<< /Length 3000000 >>\nstream\n" + bytes(3_000_000) + b"\nendstream")
    assert post(client, draft, "a.pdf", large).status_code == 302
    assert StoredFile.objects.get().path.read_bytes() == large


# ── Who reads ────────────────────────────────────────────────────────────────────────────────────────────────────────

OFFICE = {"clerk", "officer", "secretary"}


def client_of(role, people) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(people, role))
    return client


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


# ── The virus scanner ────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── What nobody keeps ────────────────────────────────────────────────────────────────────────────────────────────────


def age(*paths: Path, hours: int = 25) -> None:
    for path in paths:
        then = path.stat().st_mtime - hours * 3600
        os.utime(path, (then, then))


def test_a_step_rolled_back_leaves_bytes_that_the_sweep_takes_away(home):
    draft = factories.draft(papers=False)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        stored(draft)
        1 / 0  # noqa: B018
    assert (StoredFile.objects.count(), len(lying(home))) == (0, 1)
    assert sweeping.sweep_orphans() == 0  # it may be the bytes of a step that is just being taken
    age(*(path for path in home.rglob("*") if path.is_file()))
    assert (sweeping.sweep_orphans(), lying(home)) == (1, [])


def test_the_sweep_leaves_what_is_kept_and_takes_what_is_not(home, people):
    file = stored(factories.draft(papers=False, by=people.applicant))
    assert code(client_of("applicant", people), reverse("file_page", args=[file.uuid, 1])) == 200
    left = shelf.coming()
    left.write_bytes(b"half")
    stranger = home / "ab" / "cd" / "notes.txt"
    shelf.room(stranger.parent)
    stranger.write_bytes(b"x")
    age(*(path for path in home.rglob("*") if path.is_file()))
    assert (sweeping.sweep_orphans(), sorted(lying(home))) == (2, sorted(["1.png", file.path.name]))


def test_a_row_whose_thing_is_gone_goes_with_its_bytes_and_pictures(home, people):
    with clock.at(clock.now() - timedelta(days=2)):
        file = stored(factories.draft(papers=False, by=people.applicant))
    assert code(client_of("applicant", people), reverse("file_page", args=[file.uuid, 1])) == 200
    factories.thaw()
    StoredFile.objects.filter(pk=file.pk).update(thing_id=10**9)
    age(*(path for path in home.rglob("*") if path.is_file()))
    sweeping.sweep_orphans()
    assert (StoredFile.objects.count(), lying(home)) == (0, [])


def test_what_was_checked_and_not_kept_goes_by_itself(home):
    checked = check(upload("a.pdf", hostile.pdf()))
    assert len(lying(home)) == 1
    del checked
    assert lying(home) == []


def test_the_timetable_sweeps_and_scans():
    from alliance.files.tasks import scan, sweep_orphans
    from alliance.jobs.models import Run

    scan()
    sweep_orphans()
    assert list(Run.objects.values_list("task", "error")) == [("alliance.files.tasks.scan", ""), ("alliance.files.tasks.sweep_orphans", "")]


def test_a_kept_file_is_written_once():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL refuses")
    file = stored(factories.draft(papers=False))
    StoredFile.objects.filter(pk=file.pk).update(state=State.CLEAN, scanned_at=clock.now())
    for changes in ({"sha256": "0" * 64}, {"thing_id": 1}, {"title": "x.pdf"}, {"uuid": uuid.uuid4()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).update(**changes)


def test_uploads_lie_under_the_home_and_are_their_owner_s():
    assert (configured.FILE_UPLOAD_PERMISSIONS, configured.FILE_UPLOAD_DIRECTORY_PERMISSIONS) == (0o600, 0o700)
    assert shelf.coming().is_relative_to(configured.PORTAL_HOME)


# ── The papers of an application ─────────────────────────────────────────────────────────────────────────────────────


def attached(application, case: str = "a plain PDF", kind: str = "certificate"):
    name, make, _kind = hostile.GOOD[case]
    return attach(application, kind, check(upload(name, make())), by=application.applicant)


def test_papers_stand_between_intent_and_declarations(client, draft):
    page = client.get(page_of(draft))
    assert [each["section"] for each in page.context["rail"]] == ["unit", "contacts", "capability", "intent", "attachments", "declarations"]
    assert page.context["next"] == reverse("applications:section", args=[draft.uuid, "declarations"])
    assert draft.gaps == {Section.ATTACHMENTS: [Paper.CERTIFICATE]}


def test_a_paper_is_added_shown_and_taken_away(client, draft, home, django_capture_on_commit_callbacks):
    assert post(client, draft, "章程.pdf", hostile.pdf()).status_code == 302
    paper = draft.attachments.get()
    assert (paper.kind, paper.added_by, paper.removed_at) == ("certificate", draft.applicant, None)
    page = client.get(page_of(draft)).content.decode()
    assert "章程.pdf" in page
    assert paper.file.get_absolute_url() in page
    assert reverse("file_page", args=[paper.file.uuid, 1]) in page
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page_of(draft), {"remove": str(paper.file.uuid)}).status_code == 302
    assert (draft.attachments.count(), StoredFile.objects.count(), lying(home)) == (0, 0, [])


@pytest.mark.parametrize("named", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_paper_that_is_not_there_cannot_be_taken_away(named, client, draft):
    assert client.post(page_of(draft), {"remove": named}).status_code == 404


def test_another_s_paper_cannot_be_taken_away(client, draft):
    theirs = attached(factories.draft(papers=False))
    assert client.post(page_of(draft), {"remove": str(theirs.file.uuid)}).status_code == 404
    assert client.post(page_of(theirs.application), {"remove": str(theirs.file.uuid)}).status_code == 404


@pytest.mark.parametrize("missing", ["kind", "file"])
def test_paper_and_file_are_both_needed(missing, client, draft):
    typed = {"kind": "certificate", "file": upload("a.pdf", hostile.pdf())}
    del typed[missing]
    answer = client.post(page_of(draft), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])
    assert not StoredFile.objects.exists()


def test_an_application_has_at_most_twenty(client, draft, monkeypatch):
    monkeypatch.setattr("applications.models.attachment.MOST", 1)
    attached(draft)
    answer = post(client, draft, "a.pdf", hostile.pdf())
    assert (answer.status_code, answer.context["form"].non_field_errors().as_data()[0].code) == (422, "too_many")
    assert MOST == 20
    monkeypatch.setattr("applications.forms.attaching.is_full", lambda application: False)
    assert post(client, draft, "a.pdf", hostile.pdf()).status_code == 409  # somebody else was adding one at the same time
    assert draft.attachments.count() == 1


def test_what_was_submitted_keeps_the_papers_it_was_submitted_with(people):
    application = factories.draft(papers=False, by=people.applicant)
    kept, replaced = attached(application), attached(application, "a JPEG", "other")
    workflow.submit(application, by=people.applicant)
    version = application.version
    frozen = [{"kind": each.kind, "uuid": str(each.file.uuid), "sha256": each.file.sha256} for each in (kept, replaced)]
    assert version.answers["attachments"] == frozen
    workflow.return_for_correction(application, by=people.clerk, defects=["C01"], words="请补充")
    take_away(replaced)
    new = attached(application, "a PNG", "other")
    version.refresh_from_db()
    assert (version.answers["attachments"], list(application.attachments.in_version(version))) == (frozen, [kept, replaced])
    assert replaced.file.path.exists()
    assert list(application.attachments.running()) == [kept, new]
    dossier = client_of("clerk", people).get(reverse("admin:applications_application_change", args=[application.pk]))
    assert list(dossier.context["attachments"]) == [kept, replaced]  # what was submitted is what is reviewed
    workflow.resubmit(application, by=people.applicant)
    assert list(application.attachments.in_version(application.version)) == [kept, new]


def test_no_paper_is_added_or_taken_away_after_submitting(client, people):
    application = factories.draft(papers=False, by=people.applicant)
    paper = attached(application)
    workflow.submit(application, by=people.applicant)
    for act in (lambda: attached(application), lambda: take_away(paper)):
        with pytest.raises(workflow.Refused):
            act()
    client.force_login(people.applicant)
    assert client.get(page_of(application)).status_code == 302
    shown = client.get(reverse("applications:detail", args=[application.uuid]))
    assert paper.file.get_absolute_url() in shown.content.decode()
    assert list(application.attachments.running()) == [paper]


def test_the_office_sees_the_pages_in_the_dossier(people):
    application = factories.draft(papers=False, by=people.applicant)
    paper = attached(application, "a scanned PDF")
    workflow.submit(application, by=people.applicant)
    page = client_of("officer", people).get(reverse("admin:applications_application_change", args=[application.pk])).content.decode()
    assert all(reverse("file_page", args=[paper.file.uuid, number]) in page for number in (1, 2, 3))


def test_the_office_s_list_of_files_holds_what_was_submitted_and_no_draft_s(people):
    application, draft = (
        factories.application(Standing.SUBMITTED, by=people.applicant, papers=False),
        factories.draft(papers=False, by=people.applicant),
    )
    file, hidden = stored(application), stored(draft)
    client = client_of("officer", people)
    listed = client.get(reverse("admin:files_storedfile_changelist"), {"state__exact": "unscanned"})
    assert list(listed.context["cl"].queryset) == [file]
    assert client.get(reverse("admin:files_storedfile_change", args=[file.pk])).status_code == 200
    assert client.get(reverse("admin:files_storedfile_change", args=[hidden.pk])).status_code == 302
    assert client.post(reverse("admin:files_storedfile_delete", args=[file.pk]), {"post": "yes"}).status_code == 403


def test_the_list_of_papers_asks_the_same_number_of_questions(client, draft):
    counts = set()
    for wanted in (1, 3, 9):
        while draft.attachments.count() < wanted:
            attached(draft, "a JPEG")
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(draft))
        counts.add(len(asked))
    assert len(counts) == 1


def test_the_disk_is_waited_for_with_each_file_or_once_after_many(tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(shelf.os, "fsync", lambda _handle: waited.append("one"))
    monkeypatch.setattr(shelf.os, "sync", lambda: waited.append("all"))
    (tmp_path / "a").write_bytes(b"")
    shelf.settle(tmp_path / "a")
    with shelf.settling_together():
        shelf.settle(tmp_path / "a")
        shelf.settle(tmp_path)
    shelf.settle(tmp_path)
    assert waited == ["one", "all", "one"]
