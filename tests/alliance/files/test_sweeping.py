"""What nobody keeps goes, and what is kept is written once."""

from __future__ import annotations

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from alliance import clock
from alliance.files import shelf, sweeping
from alliance.files.checking import check
from alliance.files.choices import State
from alliance.files.models import StoredFile
from tests import factories
from tests.alliance import hostile
from tests.alliance.files.handing_in import client_of, code, lying, stored, upload

pytestmark = pytest.mark.django_db


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
