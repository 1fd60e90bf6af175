"""A disk that is nearly full is said at the desk and fails the timer's command, before uploads are refused."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from alliance.files import space

GIB = 1 << 30


@pytest.fixture
def disk(monkeypatch):
    """Says how large the disk is and what is left."""

    def has(total: int, free: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(total=total, free=free))

    return has


@pytest.mark.parametrize(
    ("total", "free", "is_tight"),
    [
        (40 * GIB, 2 * GIB, False),
        (40 * GIB, 2 * GIB - 1, True),
        (400 * GIB, 20 * GIB, False),
        (400 * GIB, 20 * GIB - 1, True),
        (GIB, 0, True),
    ],
)
def test_nearly_full_is_two_gibibytes_or_a_twentieth(disk, total, free, is_tight):
    disk(total, free)
    assert bool(space.tight()) is is_tight


def test_a_home_that_is_not_there_yet_is_asked_of_the_disk_it_will_be_on(settings, tmp_path, disk):
    settings.PORTAL_HOME = tmp_path / "not/yet"
    disk(40 * GIB, 40 * GIB)
    assert space.tight() == []


@pytest.mark.django_db
def test_the_desk_says_it_above_everything_else(client, people, disk):
    client.force_login(people.clerk)
    disk(40 * GIB, 300 << 20)
    page = client.get(reverse("admin:index")).content.decode()
    assert "磁盘空间即将用尽" in page
    assert "300" in page
    disk(40 * GIB, 30 * GIB)
    assert "磁盘空间即将用尽" not in client.get(reverse("admin:index")).content.decode()


def test_the_command_fails_so_that_a_timer_notices(disk, tmp_path, capsys):
    disk(40 * GIB, 30 * GIB)
    call_command("check_disk", tmp_path)
    assert str(tmp_path) in capsys.readouterr().out
    disk(40 * GIB, GIB)
    with pytest.raises(CommandError, match="磁盘空间即将用尽"):
        call_command("check_disk", tmp_path)
    with pytest.raises(CommandError, match="is not there"):
        call_command("check_disk", tmp_path / "none")
