"""However a command ends, the keeper ends what it started."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from house import ROOT

# a command that starts a process which starts another, both deaf to SIGTERM when asked, and then waits
COMMAND = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from house import keeper
keeper.PATIENCE = 1.0
folder = Path(sys.argv[2])
deaf = "trap '' TERM; " if sys.argv[3] == "deaf" else ""
with keeper.Keeper() as keep:
    keep.remove_at_end(folder / "scratch")
    keep.start(["sh", "-c", f"{deaf}sleep 300 & echo $! $$ > '{folder}/pids.new'; mv '{folder}/pids.new' '{folder}/pids'; wait; sleep 300"])
    while not (folder / "end").exists():
        time.sleep(0.02)
"""


def alive(process: int) -> bool:
    """A zombie waits for a parent and does nothing any more."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(true, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("hearing", ["hears", "deaf"])
@pytest.mark.parametrize("end", ["of itself", signal.SIGKILL])
def test_nothing_outlives_the_command(tmp_path, end, hearing):
    (tmp_path / "scratch").mkdir()
    command = subprocess.Popen([sys.executable, "-c", COMMAND, ROOT / "bin", tmp_path, hearing])
    assert wait_until((tmp_path / "pids").exists, 10)
    pids = [int(word) for word in (tmp_path / "pids").read_text().split()]
    assert all(map(alive, pids))
    if end == "of itself":
        (tmp_path / "end").touch()
    else:
        os.kill(command.pid, end)
    command.wait(10)
    assert wait_until(lambda: not any(map(alive, pids)), 5)
    assert wait_until(lambda: not (tmp_path / "scratch").exists(), 5)
