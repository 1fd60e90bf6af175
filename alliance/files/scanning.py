"""The virus scanner (clamd), where one is set up: nothing new is served before it has spoken."""

from __future__ import annotations

import logging
import socket
import struct
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from alliance import clock
from alliance.files.choices import State
from alliance.files.models import StoredFile

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
CHUNK, SECONDS = 2**16, 60
REPLY = 4096  # bytes of an answer


class NoAnswer(Exception):  # noqa: N818 — the scanner said no word about this file
    """The scanner was reached and gave no verdict."""


def first_state() -> State:
    return State.PENDING if settings.SCAN_URL else State.UNSCANNED


def sweep() -> int:
    """Have every waiting file scanned; returns how many were. Without a scanner nothing waits: it is served, and said to be unscanned."""
    if not settings.SCAN_URL:
        StoredFile.objects.filter(state=State.PENDING).update(state=State.UNSCANNED)
        return 0
    scanned = 0
    for file in StoredFile.objects.waiting():
        try:
            settle(file, scan(file.path))
            scanned += 1
        except FileNotFoundError:
            log.exception("file %s has no bytes", file.uuid)
        except NoAnswer as silence:
            log.warning("file %s was not scanned: %s", file.uuid, silence)
        except OSError as failure:
            log.warning("the virus scanner cannot be reached, files wait: %s", failure)
            break
    return scanned


def settle(file: StoredFile, virus: str) -> None:
    """Write down what the scanner said; an infected file stays where it is, and is served to nobody."""
    state = State.INFECTED if virus else State.CLEAN
    StoredFile.objects.waiting().filter(pk=file.pk).update(state=state, virus=virus[:200], scanned_at=clock.now())
    if virus:
        log.error("file %s is infected: %s", file.uuid, virus)


def scan(path: Path) -> str:
    """The name of the virus in the file at `path`, or nothing (clamd's INSTREAM: chunks led by their length, an empty one ends)."""
    with path.open("rb") as file, connect() as clamd:
        try:
            answer = exchange(clamd, file)
        except OSError as failure:  # it was there, and hung up: this file is the reason, the next may fare better
            raise NoAnswer(str(failure)) from failure
    if answer == "OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removesuffix(" FOUND")
    raise NoAnswer(answer or "no answer")


def exchange(clamd: socket.socket, file: IO[bytes]) -> str:
    """Tell it the file, hear its answer."""
    clamd.sendall(b"zINSTREAM\0")
    while chunk := file.read(CHUNK):
        clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
    clamd.sendall(struct.pack("!L", 0))
    with clamd.makefile("rb") as reply:
        return reply.read(REPLY).rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")


def connect() -> socket.socket:
    """`tcp://127.0.0.1:3310` or `unix:///run/clamd.sock`."""
    address = urlsplit(settings.SCAN_URL)
    if address.scheme != "unix":
        return socket.create_connection((address.hostname, address.port or 3310), timeout=SECONDS)
    clamd = socket.socket(socket.AF_UNIX)
    clamd.settimeout(SECONDS)
    clamd.connect(address.path)
    return clamd


def nudge() -> None:
    """Ask the worker to scan now; a nudge may be lost, the sweep each minute is the guarantee."""
    try:
        current_app.send_task("alliance.files.tasks.scan")
    except (OperationalError, OSError) as failure:
        log.warning("no broker for a nudge, the next sweep will scan: %s", failure)


def nudge_once() -> None:
    """Nudge when the running transaction has committed, if there is a scanner."""
    if settings.SCAN_URL and nudge not in (waiting for _ids, waiting, *_ in connection.run_on_commit):
        transaction.on_commit(nudge)
