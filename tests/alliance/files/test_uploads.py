"""What is uploaded cannot hurt: bad kinds are refused at their field, good ones kept, and a full disk is said."""

from __future__ import annotations

import errno
import hashlib
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from alliance.files import bounded, checking, shelf, titles
from alliance.files.apart import limits
from alliance.files.apart import main as apart
from alliance.files.models import StoredFile
from alliance.files.words import WHY
from tests import factories
from tests.alliance import hostile
from tests.alliance.files.handing_in import lying, no_room, post, stored

pytestmark = pytest.mark.django_db


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
