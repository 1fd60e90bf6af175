"""`bin/run`: the portal on the embedded default, from a fresh clone to a served page, until Ctrl-C."""

import argparse
import os
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from house import environment, release, upgrades
from house.home import Home
from house.keeper import HURRIED, Keeper
from house.prepare import Preparation
from house.say import Refusal, say
from house.serve import serve

PRODUCTION_ONLY = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SENTRY_DSN"}


class Parser(argparse.ArgumentParser):
    """Options are refused in one sentence like everything else."""

    def error(self, message: str) -> NoReturn:
        """Instead of the usage, which `--help` shows."""
        raise Refusal("命令参数有误。", f"{self.prog} did not understand: {message}; see {self.prog} --help.")


def options(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="bin/run", description="Serves the alliance portal on this machine until Ctrl-C.", allow_abbrev=False)
    parser.add_argument("--empty", action="store_true", help="without the demo province")
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="default 8000; 0 picks a free one")
    parser.add_argument(
        "--home",
        type=Path,
        default=release.usual_home(),
        metavar="DIR",
        help="where all data lies; default var/",
    )
    parser.add_argument("--offline", action="store_true", help="never ask a network: .venv is made from a bundle's wheels")
    return parser.parse_args(arguments)


def port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65_535:
        message = f"“{text}” is not a port: 0 to 65535"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def main(arguments: list[str]) -> int:
    """What can be refused is refused before anything is made."""
    asked = options(arguments)
    os.umask(0o077)
    for hurry in HURRIED:
        signal.signal(hurry, stop)
    home = Home(asked.home)
    home.claim()
    upgrades.settle(home)
    with door(asked.port) as entrance:
        os.umask(0o022)
        environment.ensure("run", offline=asked.offline)
        os.umask(0o077)
        home.furnish()
        with Keeper() as keeper:
            surroundings = environment_of(home, entrance)
            Preparation(home, keeper, surroundings).all(empty=asked.empty)
            serve(home, keeper, entrance, surroundings)


def stop(number: int, frame: object) -> NoReturn:
    """Ctrl-C, SIGTERM or a closed terminal: the way out of the block ends every process."""
    say("", "")
    say("正在停止……", "Stopping.")
    sys.exit(0)


def door(number: int) -> socket.socket:
    """The address we serve on, taken before anything else and kept while the web process is restarted: callers wait, none is refused."""
    entrance = socket.socket()
    entrance.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        entrance.bind(("127.0.0.1", number))
        entrance.listen(128)
    except OSError as error:
        raise Refusal(
            f"端口 {number} 无法使用（可能已被占用）。",
            f"Port {number} cannot be used: {error.strerror}; choose another with --port N, or --port 0 for a free one.",
        ) from error
    return entrance


def environment_of(home: Home, entrance: socket.socket) -> dict[str, str]:
    """What every process of this run is told; production's settings in the shell have no say here."""
    told = {name: value for name, value in os.environ.items() if name not in environment.NOT_FOR_US | PRODUCTION_ONLY}
    return told | {
        "PORTAL_HOME": str(home.path),
        "STATIC_ROOT": str(release.static(home.path)),
        "TMPDIR": str(home / "tmp"),
        "SITE_URL": os.environ.get("SITE_URL") or f"http://localhost:{entrance.getsockname()[1]}",
        "DJANGO_SETTINGS_MODULE": "alliance.settings",
        "PYTHONUNBUFFERED": "1",
    }
