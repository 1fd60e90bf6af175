"""Where the bytes are: names of our own making, in a folder that only the portal opens, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from contextvars import ContextVar
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = (errno.ENOSPC, errno.EDQUOT)
COMING, PICTURES = "coming", "pictures"
together: ContextVar[bool] = ContextVar("together", default=False)


def root() -> Path:
    return Path(settings.PORTAL_HOME) / "files"


def room(folder: Path) -> Path:
    """The folder, made if need be, closed to everybody else all the way down."""
    if folder.is_dir():
        return folder
    missing = [each for each in (folder, *folder.parents) if each.is_relative_to(root()) and not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def coming() -> Path:
    """A name for what is still being received or checked."""
    return room(root() / COMING) / uuid.uuid4().hex


def create(path: Path) -> IO[bytes]:
    """A new file for its owner's eyes only."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def put(source: Path, target: Path) -> None:
    """Move a whole file to its place: a crash leaves it whole in one of the two, a full disk leaves it in neither."""
    try:
        room(target.parent)
        source.chmod(0o600)
        settle(source)
        source.replace(target)
        settle(target.parent)
    except OSError:
        source.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise


def settle(path: Path) -> None:
    """Wait until the disk has it; of many files that come together, once for all."""
    if together.get():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def settling_together() -> Iterator[None]:
    """Many files at once: the disk is waited for after the last of them (POSIX sync)."""
    token = together.set(True)
    try:
        yield
    finally:
        together.reset(token)
        os.sync()


def remove(path: Path) -> None:
    """Away with it; the folder of a file's pictures goes with the last of them."""
    path.unlink(missing_ok=True)
    if path.is_relative_to(root() / PICTURES):
        with contextlib.suppress(OSError):
            path.parent.rmdir()
