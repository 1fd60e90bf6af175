"""The backup restores to the same digests, and an archive that is not what it says touches nothing."""

from __future__ import annotations

import errno
import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alliance.backup import anew, archive, rows
from alliance.files import shelf
from alliance.history import chain
from alliance.history.models import Event
from applications import workflow
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(people, settings, tmp_path):
    """A portal with people, an application on its way, sealed history and a file."""
    settings.PORTAL_HOME = tmp_path / "home"
    application = factories.application("submitted", by=people.applicant)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="请重新盖章")
    kept = shelf.room(shelf.root() / "ab" / "cd") / "paper.pdf"
    kept.write_bytes(b"%PDF-1.7 \xe6\xa0\xb7\xe4\xbe\x8b")
    shelf.room(shelf.root() / shelf.PICTURES).joinpath("1.png").write_bytes(b"picture")
    while chain.seal():
        pass
    return application


def emptied():
    """As after migrating: no rows of ours, no files."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # nothing is pending, as in a new session
    rows.clear()
    for path in archive.stored():
        path.unlink()


def said(manifest):
    return {name: manifest[name] for name in ("rows", "files")}


def test_what_was_kept_comes_back_to_the_same_digests(portal, tmp_path, capsys):
    before = archive.write(tmp_path / "b.tgz")
    emptied()
    assert not Event.objects.exists()
    call_command("restore", tmp_path / "b.tgz")
    after = archive.write(tmp_path / "c.tgz")
    assert said(before) == said(after)
    assert list(before["files"]) == ["ab/cd/paper.pdf"]
    assert "Every digest equals" in capsys.readouterr().out
    assert chain.verify().broken_at is None
    assert factories.user("后来者").pk > portal.applicant_id  # the database's own counters go on


def test_an_archive_is_read_again_and_overwrites_nothing(portal, tmp_path, capsys):
    target = tmp_path / "b.tgz"
    call_command("backup", target)
    call_command("backup", target, "--verify")
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["Kept", "Verified"]
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="overwrites nothing"):
        call_command("backup", target)


def test_a_portal_that_is_not_empty_takes_no_archive(portal, tmp_path):
    archive.write(tmp_path / "b.tgz")
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", tmp_path / "b.tgz")


def changed(source: Path, target: Path, change) -> Path:
    """The archive with each member as `change` makes it: name and content, or nothing."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            for name, content in change(member.name, old.extractfile(member).read()):
                put = tarfile.TarInfo(name)
                put.size = len(content)
                new.addfile(put, io.BytesIO(content))
    return target


def older(name, content):
    if name == archive.MANIFEST:
        content = json.dumps(json.loads(content) | {"migrations": {"members": "0000_before"}}).encode()
    return [(name, content)]


WRONG = {
    "a changed row": (
        lambda n, c: [(n, c.replace(b"clerk", b"klerk"))] if "accounts.user" in n else [(n, c)],
        "differs from its own manifest",
    ),
    "a missing file": (lambda n, c: [] if n.startswith("files/") else [(n, c)], "differs from its own manifest: files/"),
    "one file more": (lambda n, c: [(n, c), ("files/x/evil", c)] if n.startswith("files/") else [(n, c)], "differs from its own manifest"),
    "a way out": (lambda n, c: [(n, c), ("files/../../evil", b"x")], "none of ours"),
    "a stranger": (lambda n, c: [(n, c), ("etc/passwd", b"x")], "none of ours"),
    "no manifest": (lambda n, c: [] if n == archive.MANIFEST else [(n, c)], "no manifest"),
    "another version": (older, "another version"),
}


@pytest.mark.parametrize(("change", "why"), WRONG.values(), ids=WRONG)
def test_an_archive_that_is_not_what_it_says_touches_nothing(change, why, portal, tmp_path):
    archive.write(tmp_path / "b.tgz")
    bad = changed(tmp_path / "b.tgz", tmp_path / "bad.tgz", change)
    emptied()
    with pytest.raises(CommandError, match=why):
        archive.restore(bad)
    assert (Event.objects.count(), archive.stored(), list(tmp_path.glob("home/restoring-*"))) == (0, [], [])


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"no archive at all"])
def test_what_is_no_archive_is_said(content, tmp_path, db):
    (tmp_path / "b.tgz").write_bytes(content)
    with pytest.raises(CommandError, match="cannot be read as a backup"):
        archive.verify(tmp_path / "b.tgz")


def test_an_archive_cut_off_is_said(portal, tmp_path):
    archive.write(tmp_path / "b.tgz")
    whole = (tmp_path / "b.tgz").read_bytes()
    (tmp_path / "cut.tgz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CommandError, match="cannot be read as a backup|no manifest"):
        archive.verify(tmp_path / "cut.tgz")


def test_a_full_disk_leaves_no_half_archive(portal, tmp_path, monkeypatch):
    def full(*_what):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive, "add", full)
    with pytest.raises(CommandError, match="No space left on device"):
        archive.write(tmp_path / "b.tgz")
    assert not list(tmp_path.glob("b.tgz*"))


def test_every_table_of_ours_is_kept_or_left_out_by_name():
    kept = {model._meta.label_lower for model in rows.models()}
    assert {"history.event", "accounts.user", "files.storedfile", "mfa.authenticator", "account.emailaddress"} <= kept
    assert not kept & rows.LEFT_OUT


def test_taking_down_leaves_no_table_and_no_function_of_ours(portal):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is pending, as in a new session
        anew.drop(cursor)
        assert connection.introspection.table_names(cursor) == []
        if connection.vendor == "postgresql":
            cursor.execute(anew.FUNCTIONS)
            assert cursor.fetchall() == []
        transaction.set_rollback(True)
    assert Event.objects.exists()


def test_nothing_is_taken_down_for_an_archive_of_another_version(portal, tmp_path):
    before = archive.write(tmp_path / "b.tgz")
    older = before | {"migrations": before["migrations"] | {"members": "0000_before_everything"}}
    with pytest.raises(CommandError, match=r"another version \(members: 0000_before_everything.*Nothing was touched"):
        anew.take_down(older)
    assert said(archive.write(tmp_path / "c.tgz")) == said(before)


def test_a_damaged_archive_takes_nothing_down(portal, tmp_path):
    archive.write(tmp_path / "b.tgz")
    (tmp_path / "b.tgz").write_bytes((tmp_path / "b.tgz").read_bytes()[:-500])
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", tmp_path / "b.tgz", "--anew")
    assert Event.objects.exists()
