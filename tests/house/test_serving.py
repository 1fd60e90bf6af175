"""`bin/run` from an empty home to the end: pages, pulse, deaths and restarts, and nobody left behind."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import ROOT

pytestmark = [pytest.mark.whole, pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")]
NOT_OURS = {"PORTAL_HOME", "SITE_URL", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE"}


class Run:
    """One `bin/run` on a home of its own."""

    def __init__(self, home: Path, *arguments: str) -> None:
        """Start it; do not wait."""
        self.home = home
        surroundings = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        command = [ROOT / "bin/run", "--port", "0", "--home", home, *arguments]
        self.process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_until_ready(self) -> None:
        """Read its words up to the last of the announcement."""
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                self.address = re.search(r"http://localhost:\d+", said)[0]
                return
        pytest.fail(said + self.process.stderr.read())

    def status(self, page: str) -> int:
        try:
            return urllib.request.urlopen(self.address + page, timeout=10).status
        except urllib.error.HTTPError as error:
            return error.code

    def processes(self, word: str = "") -> list[int]:
        """Everything alive that was told of this home and whose command holds the word."""
        mark = f"PORTAL_HOME={self.home}\0".encode()
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return [pid for pid in pids if mark in read(pid, "environ") and word.encode() in read(pid, "cmdline")]


def read(process: int, what: str) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/{what}").read_bytes()
    return b""


def wait_until(true, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(true())


@contextlib.contextmanager
def running(home: Path) -> Iterator[Run]:
    """From ready to the last process gone."""
    one = Run(home, "--empty")
    try:
        one.wait_until_ready()
        yield one
    finally:
        one.process.kill()
        one.process.communicate()
        assert wait_until(lambda: not one.processes(), 12)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose first start is behind it."""
    home = tmp_path_factory.mktemp("run") / "a home"
    with running(home):
        return home


@pytest.fixture(scope="module")
def steady(prepared) -> Iterator[Run]:
    """A run that the tests share."""
    home = Path(shutil.copytree(prepared, prepared.parent / "a steady home"))
    with running(home) as one:
        yield one


@pytest.fixture
def run(prepared) -> Iterator[Run]:
    """A run for one test to end."""
    with running(prepared) as one:
        yield one


def test_pages_are_served_and_the_pulse_is_felt(steady):
    assert steady.status("/") == 200
    assert wait_until(lambda: steady.status("/healthz/") == 200, 15)
    assert steady.home.stat().st_mode & 0o777 == 0o700
    assert (steady.home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_second_run_on_the_same_home_is_refused(steady):
    second = Run(steady.home, "--empty")
    _said, complaint = second.process.communicate(timeout=20)
    assert second.process.returncode == 1
    assert "in use by another bin/run" in complaint
    assert len(complaint.strip().splitlines()) == 1


@pytest.mark.parametrize("which", ["gunicorn", "worker", "beat"])
def test_a_killed_process_is_started_again(steady, which):
    assert wait_until(lambda: steady.processes(which), 10)
    before = steady.processes(which)
    for process in before:
        os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: set(steady.processes(which)) - set(before), 5)
    assert steady.status("/") == 200


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_every_process_ends_within_ten_seconds(run, end):
    assert run.processes()
    run.process.send_signal(end)
    run.process.wait(10)
    assert run.process.returncode == 0
    assert run.processes() == []


def test_every_process_ends_when_the_run_is_killed(run):
    run.process.kill()
    assert wait_until(lambda: not run.processes(), 10)


@pytest.mark.long
def test_a_killed_first_start_is_made_anew(tmp_path):
    first = Run(tmp_path / "home", "--empty")
    assert wait_until((tmp_path / "home/db.sqlite3").exists, 60)
    first.process.kill()
    first.process.communicate()
    (tmp_path / "home/files/half").touch()
    second = Run(tmp_path / "home", "--empty")
    second.wait_until_ready()
    assert second.status("/") == 200
    assert not (tmp_path / "home/files/half").exists()
    assert not (tmp_path / "home/unfinished").exists()
    second.process.send_signal(signal.SIGTERM)
    second.process.communicate(timeout=10)
