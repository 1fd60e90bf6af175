"""From one release to the next and back, with a portal of ten lines in the place of ours: whatever goes wrong, the state before is kept."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from house import PYTHON, ROOT, parcel
from house import wheels as targets

# what a release does with its data: `migrate` writes, and then ends as its `temper` says
MANAGE = """
import pathlib, sqlite3, sys, os, time
home, temper = pathlib.Path(os.environ["PORTAL_HOME"]), pathlib.Path("temper").read_text()
word, *rest = [each for each in sys.argv[1:] if not each.startswith("--")] or [""]
if word == "backup" and "--verify" not in sys.argv:
    pathlib.Path(rest[0]).write_text("kept")
if word == "migrate":
    base = sqlite3.connect(home / "db.sqlite3")
    base.execute("INSERT INTO units VALUES ('half')")
    base.commit()
    (home / "files/new.pdf").write_text("half")
    if temper == "endless":
        time.sleep(300)
    if temper == "broken":
        sys.exit("column nothing does not exist")
"""
DJANGO = {
    "django/__init__.py": "def setup(): pass\n",
    "django/conf.py": "class settings: EMBEDDED, HTTPS, ALLOWED_HOSTS = True, False, ['*']\n",
    "django/test.py": """
import pathlib
class Client:
    def __init__(self, headers): pass
    def get(self, page, secure):
        self.status_code = 500 if pathlib.Path("temper").read_text() == "faceless" else 200
        return self
""",
}


def tree(folder: Path, version: str, temper: str = "") -> Path:
    """A release: our own bin/, and hardly anything else."""
    shutil.copytree(ROOT / "bin", folder / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    files = {"requirements/run.txt": "", "requirements/dev.txt": "", "wheels/none": "", "manage.py": MANAGE, "temper": temper}
    files |= {"pyproject.toml": f'[project]\nversion = "{version}"\n'} | DJANGO
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words)
    return folder


class Installed:
    """A place with release 1.0, and a home with one unit and one file."""

    def __init__(self, folder: Path) -> None:
        """Unpacked, and started once."""
        self.folder, self.place, self.home = folder, folder / "portal", folder / "portal/var"
        uv = folder / "tools/uv"
        uv.parent.mkdir()
        made = f'for last; do :; done; mkdir -p "$last/bin"; ln -s "{Path(PYTHON).resolve()}" "$last/bin/python"'
        uv.write_text(f'#!/bin/sh\ncase "$1" in\nvenv) {made} ;;\nesac\n')
        uv.chmod(0o755)
        self.told = os.environ | {"PATH": f"{uv.parent}:{os.environ['PATH']}", "PORTAL_PYTHON": str(Path(PYTHON).resolve())}
        self.told.pop("PORTAL_HOME", None)
        subprocess.run(["tar", "-xzf", self.bundle("1.0"), "-C", folder], check=True)
        (self.home / "files").mkdir(parents=True)
        (self.home / "embedded").touch()
        (self.home / "files/old.pdf").write_text("old")
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as base:
            base.execute("CREATE TABLE units (name)")
            base.execute("INSERT INTO units VALUES ('前')")
            base.commit()

    def bundle(self, version: str, temper: str = "") -> Path:
        name = f"{version}{temper}"
        sheet = {"version": version, "glibc": "2.5", "made_from": "a test", "targets": [targets.here()._asdict()]}
        parcel.write(tree(self.folder / name, version, temper), self.folder / f"{name}.tgz", sheet, 0)
        return self.folder / f"{name}.tgz"

    def command(self, *words: str | Path) -> list[str | Path]:
        return [self.place / "current/bin/bundle", *words]

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        given = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": 60}
        return subprocess.run(self.command(*words), env=self.told, check=False, **given)

    def state(self) -> tuple[str, list[str], list[str]]:
        """The release that serves, the units, the files."""
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as base:
            units = [name for (name,) in base.execute("SELECT name FROM units")]
        return (self.place / "current").resolve().name, units, sorted(path.name for path in (self.home / "files").iterdir())

    def begun(self, version: str, temper: str) -> subprocess.Popen:
        """An upgrade in the middle of its migration."""
        child = subprocess.Popen(self.command("upgrade", self.bundle(version, temper)), env=self.told, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 30
        while "half" not in self.state()[1]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return child


BEFORE = ("1.0", ["前"], ["old.pdf"])
AFTER = ("1.1", ["前", "half"], ["new.pdf", "old.pdf"])


@pytest.fixture
def installed(tmp_path) -> Installed:
    return Installed(tmp_path)


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One sentence, in Chinese and in English, and a failure."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_forward_and_back(installed):
    done = installed.run("upgrade", installed.bundle("1.1"))
    assert done.returncode == 0, done.stderr
    assert installed.state() == AFTER
    assert_refused(installed.run("rollback"), "Nobody said yes")
    assert installed.state() == AFTER
    done = installed.run("rollback", "--yes")
    assert done.returncode == 0, done.stderr
    assert installed.state() == BEFORE
    assert list((installed.home / "upgrades").glob("left-1.1-*.tgz"))
    assert_refused(installed.run("rollback", "--yes"), "nothing to go back to")


def test_there_is_nothing_to_go_back_to_before_an_upgrade(installed):
    assert_refused(installed.run("rollback", "--yes"), "没有可退回的版本", "nothing to go back to")


def test_two_upgrades_keep_the_last_step_back_and_the_archives(installed):
    for version in ("1.1", "1.2"):
        assert installed.run("upgrade", installed.bundle(version)).returncode == 0
    assert sorted(path.name for path in (installed.place / "releases").iterdir()) == ["1.1", "1.2"]
    assert len(list((installed.home / "upgrades").glob("*/before.tgz"))) == 2
    assert len(list((installed.home / "upgrades").glob("*/db.sqlite3"))) == 1
    assert installed.run("rollback", "--yes").returncode == 0
    assert installed.state() == AFTER


@pytest.mark.parametrize(("temper", "words"), [("broken", "column nothing does not exist"), ("faceless", "the home page answers 500")])
def test_an_upgrade_that_fails_midway_is_put_back_and_named(installed, temper, words):
    assert_refused(installed.run("upgrade", installed.bundle("1.1", temper)), "升级未成功", words, "as they were before")
    assert installed.state() == BEFORE
    assert installed.run("upgrade", installed.bundle("1.1")).returncode == 0  # and nothing stands in the way of the next
    assert installed.state() == AFTER


def test_an_interrupted_upgrade_is_put_back(installed):
    child = installed.begun("1.1", "endless")
    child.send_signal(signal.SIGTERM)
    assert "Interrupted" in child.communicate(timeout=30)[1]
    assert installed.state() == BEFORE


@pytest.mark.parametrize("words", [["rollback"], ["upgrade", "1.2"]])
def test_a_killed_upgrade_is_taken_back_by_whoever_comes_next(installed, words):
    child = installed.begun("1.1", "endless")
    child.kill()
    child.communicate()
    done = installed.run(*(installed.bundle(word) if word == "1.2" else word for word in words))
    assert done.returncode == 0, done.stderr
    assert "cut short" in done.stdout
    assert installed.state() == (BEFORE if words == ["rollback"] else ("1.2", *AFTER[1:]))


@pytest.mark.parametrize("step", ["before the data", "between data and release", "after the release"])
def test_a_kill_in_the_middle_of_taking_back_is_mended(installed, step):
    assert installed.run("upgrade", installed.bundle("1.1")).returncode == 0
    pages = installed.home / "upgrades"
    (pages / "upgraded.json").rename(pages / "unfinished.json")
    kept = pages / json.loads((pages / "unfinished.json").read_text())["kept"]
    if step != "before the data":
        shutil.copy(kept / "db.sqlite3", installed.home / "db.sqlite3")
        (installed.home / "files").rename(installed.home / "files.gone")
    if step == "after the release":
        (installed.place / "current").unlink()
        (installed.place / "current").symlink_to("releases/1.0")
    done = installed.run("rollback")
    assert done.returncode == 0, done.stderr
    assert installed.state() == BEFORE
    assert sorted(path.name for path in installed.home.glob("files*")) == ["files"]


def test_what_cannot_be_put_back_yet_is_said_and_done_later(installed):
    assert installed.run("upgrade", installed.bundle("1.1")).returncode == 0
    (kept,) = installed.home.glob("upgrades/1.0-1.1-*")
    (kept / "files").rename(kept / "elsewhere")
    assert_refused(installed.run("rollback", "--yes"), "尚未恢复到升级前", "Mend that and call bin/bundle rollback")
    (kept / "elsewhere").rename(kept / "files")
    assert installed.run("rollback").returncode == 0
    assert installed.state() == BEFORE


def test_bad_bundles_touch_nothing(installed):
    good = installed.bundle("1.1").read_bytes()
    (installed.folder / "cut.tgz").write_bytes(good[: len(good) // 2])
    assert_refused(installed.run("upgrade", installed.folder / "cut.tgz"), "cut off or damaged")
    assert_refused(installed.run("upgrade", installed.folder / "1.0.tgz"), "no higher than 1.0")
    assert_refused(installed.run("upgrade", installed.folder / "none.tgz"), "cannot be read")
    assert installed.state() == BEFORE
    assert [path.name for path in (installed.place / "releases").iterdir()] == ["1.0"]


def test_a_home_that_is_served_or_empty_is_refused(installed, tmp_path):
    import fcntl

    bundle = installed.bundle("1.1")
    with (installed.home / "lock").open("w") as lock:
        lock.write(str(os.getpid()))
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert_refused(installed.run("upgrade", bundle), "正由另一个", "in use by another")
    assert_refused(installed.run("upgrade", bundle, "--home", tmp_path / "none"), "holds no portal")
    assert installed.state() == BEFORE


def test_the_release_left_behind_serves_no_home_that_went_on(installed):
    assert installed.run("upgrade", installed.bundle("1.1")).returncode == 0
    old = installed.place / "releases/1.0/bin/run"
    done = subprocess.run([old, "--port", "0"], env=installed.told, capture_output=True, text=True, check=False, timeout=30)
    assert_refused(done, "does not serve here")
    (installed.place / "current").unlink()
    (installed.place / "current").symlink_to("releases/1.0")
    done = subprocess.run([old, "--port", "0"], env=installed.told, capture_output=True, text=True, check=False, timeout=30)
    assert_refused(done, "was upgraded to 1.1")
