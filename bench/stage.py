"""What drills and figures stand on: a migrated database, a sink, workers."""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django

ROOT = Path(__file__).resolve().parent.parent
WORKER = ["-m", "celery", "-A", "alliance", "worker", "--concurrency", "1", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"]


def prepare(**surroundings: str) -> None:
    """Django set up on an empty database of its own, which goes at the end, with the reference data."""
    os.environ.update(surroundings, DJANGO_SETTINGS_MODULE="alliance.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    before = connection.settings_dict["NAME"]
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    os.environ["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    atexit.register(connection.creation.destroy_test_db, before, verbosity=0)
    call_command("reference", verbosity=0)


def worker() -> subprocess.Popen:
    """A Celery worker with one child, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, *WORKER], cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def kill(process: subprocess.Popen, *, group: bool) -> None:
    """Kill -9 of the worker alone, or of it with its children."""
    (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
    process.wait()
    if not group:  # its orphaned child goes on for a while, and is swept away before the next round
        with_mercy(process.pid)


def with_mercy(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
