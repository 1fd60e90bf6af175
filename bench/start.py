"""What a start costs: a fresh clone to its first page, a second start, and the end. Run: `python3 bench/start.py`.

It clones the committed state into a temporary folder, so nothing of this checkout helps. `--cold` keeps pip and uv from
their caches.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLD = {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}
PATIENCE = 300  # seconds


def main() -> None:
    """Clone, start twice, end twice."""
    with tempfile.TemporaryDirectory() as folder:
        clone, home = Path(folder) / "clone", Path(folder) / "home"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        for name in ("first start", "second start"):
            began = time.monotonic()
            portal, address = start(clone, home)
            page = until_served(address)
            print(f"{name}: page after {page - began:.1f} s")
            print(f"ended after {end(portal):.1f} s")


def start(clone: Path, home: Path) -> tuple[subprocess.Popen, str]:
    """`bin/run` on a free port; it says its address when it is ready."""
    surroundings = os.environ | (COLD if "--cold" in sys.argv else {})
    portal = subprocess.Popen([clone / "bin/run", "--home", home, "--port", "0"], stdout=subprocess.PIPE, text=True, env=surroundings)
    for line in portal.stdout:
        if "http://" in line:
            return portal, line.split()[-1]
    raise SystemExit("bin/run ended before it was ready")


def until_served(address: str) -> float:
    """The moment the home page answers."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        try:
            with urllib.request.urlopen(address) as answer:
                answer.read()
                return time.monotonic()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise SystemExit("the home page never came")


def end(portal: subprocess.Popen) -> float:
    """Seconds from SIGTERM until it is gone."""
    began = time.monotonic()
    portal.send_signal(signal.SIGTERM)
    portal.wait()
    return time.monotonic() - began


if __name__ == "__main__":
    main()
