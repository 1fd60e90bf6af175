"""`bin/test`: the whole suite against a real PostgreSQL and a real Redis; arguments go to pytest.

Without arguments the suite is whole, and as many processes as there are cores share it; `-n 0` makes the same in one process.
What takes minutes for itself is left to `bin/drills long`, unless it is asked for by its file.
`--measured` runs it under coverage, which takes a quarter longer; a share below the promised one fails it (tests/measured.py).
Any other argument asks for a part, which runs in one process unless it says `-n` itself.
"""

import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from house import PYTHON, ROOT, catalogues, chromium, environment, services
from house.keeper import HURRIED, Keeper
from house.prepare import last_line
from house.say import Refusal

MEASURED = "--measured"
LONG, NOT_LONG = ["-m", "long"], ["-m", "not long"]
EVERY_CORE = ["-n", "auto", "--maxprocesses", "4"]  # one process keeps its core and a half busy; more than four wait for the longest group


def main(arguments: list[str]) -> int:
    """Prepare, run, and leave nothing behind."""
    environment.ensure("dev")
    catalogues.compiled()
    browser = chromium.find(may_install=is_whole(arguments) or arguments == LONG)
    for hurry in HURRIED:
        signal.signal(hurry, stop)
    with Keeper() as keeper:
        folder = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/tmp"))
        keeper.remove_at_end(folder)
        folder.chmod(0o755)
        addresses = services.find_or_start(keeper, folder)
        services.describe(addresses)
        surroundings = environment_of(folder) | addresses | ({"PORTAL_CHROMIUM": browser} if browser else {})
        collect_static(keeper, folder, surroundings)
        return run_suite(keeper, arguments, surroundings)


def is_whole(arguments: list[str]) -> bool:
    """Nothing is asked for but, at most, measuring and a number of processes."""
    return re.fullmatch(r"(-n ?\w+)?", " ".join(each for each in arguments if each != MEASURED)) is not None


def stop(number: int, frame: object) -> NoReturn:
    """The way out of the block ends the suite and the servers."""
    sys.exit(128 + number)


def environment_of(folder: Path) -> dict[str, str]:
    """Production's settings with nothing of production in them; no marker lies in this home, so nothing is embedded."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    told = {name: value for name, value in os.environ.items() if name not in environment.NOT_FOR_US | {"PORTAL_CHROMIUM"}}
    return told | {
        "DJANGO_SETTINGS_MODULE": "alliance.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "SITE_URL": "http://testserver",
        "EMAIL_URL": "memorymail://",
        "SMS_URL": "http://nobody@127.0.0.1:9/send",  # port 9 discards: tests that want a gateway bring their own
        "SECOND_FACTOR": "false",  # the tests that want one say so
        "PORTAL_HOME": str(home),
        "STATIC_ROOT": str(folder / "static"),
    }


def collect_static(keeper: Keeper, folder: Path, surroundings: dict[str, str]) -> None:
    """Pages name their files by the manifest that this writes."""
    log = folder / "collectstatic.log"
    with log.open("ab") as words:
        child = keeper.start(
            [PYTHON, ROOT / "manage.py", "collectstatic", "--noinput"],
            cwd=ROOT,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )
        child.wait()
    keeper.bury(child)
    if child.returncode:
        raise Refusal("静态文件无法收集。", f"The static files cannot be collected: {last_line(log)}.")


def run_suite(keeper: Keeper, arguments: list[str], surroundings: dict[str, str]) -> int:
    """In the terminal's own group, so that a debugger can ask and Ctrl-C reaches pytest, which then closes in its own words."""
    asked = [each for each in arguments if each != MEASURED] or EVERY_CORE
    part = NOT_LONG if is_whole(arguments) else []
    coverage = (["-m", "coverage", "run"], ["-p", "tests.measured"]) if MEASURED in arguments else ([], [])
    pytest = [*coverage[0], "-m", "pytest", "-p", "tests.workers", *asked, *part, *coverage[1]]
    suite = keeper.start([PYTHON, *pytest], alone=False, cwd=ROOT, env=surroundings)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ended = suite.wait()
    return ended if ended >= 0 else 128 - ended  # as a shell tells of a signal
