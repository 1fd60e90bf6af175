"""What the demo province costs: seconds and the peak of memory. Run: `.venv/bin/python bench/province.py [UNITS …]`; 240 unless told.

Each is loaded into a home of its own on SQLite, as `bin/run` does at its first start; tables and reference data are there before.
"""

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("files", "letters", "broker/data", "broker/control", "cache", "logs", "tmp")


def main() -> None:
    for units in map(int, sys.argv[1:] or ["240"]):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            furnish(home)
            manage(home, "migrate", "-v0")
            manage(home, "reference")
            began = time.monotonic()
            manage(home, "demo", "load", "--units", units)
            seconds = time.monotonic() - began
            letters = len(list((home / "letters").iterdir()))
            megabytes = (home / "db.sqlite3").stat().st_size / 1e6
        print(
            f"{units} units: {seconds:.1f} s, {letters} letters, a database of {megabytes:.0f} MB; peak of memory {peak():.0f} MB",
            flush=True,
        )


def furnish(home: Path) -> None:
    """A home as bin/run leaves it."""
    for room in ROOMS:
        (home / room).mkdir(parents=True)
    (home / "embedded").touch()
    (home / "secret_key").write_text(secrets.token_urlsafe(64))


def manage(home: Path, *words: object) -> None:
    surroundings = os.environ | {"PORTAL_HOME": str(home)}
    subprocess.run([sys.executable, ROOT / "manage.py", *map(str, words)], env=surroundings, stdout=subprocess.DEVNULL, check=True)


def peak() -> float:
    """Of the largest process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
