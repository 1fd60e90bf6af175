"""Ends what a command started, however the command itself ends.

A process forked at the start, in a session of its own, holds the reading end of a pipe. At the end of the command the
kernel closes the writing end, after kill -9 too; the keeper then ends every process it was told of and removes the
folders it was given. There is no second way of ending: the ordinary end goes the same way.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

PATIENCE = 8.0  # seconds between asking and killing: a warm stop of the worker may take longer than anybody waits
HURRIED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Keeper:
    """Starts processes and answers for their end. One in a process: a second would hold the first one's pipe open."""

    def __init__(self) -> None:
        """Fork the one who watches."""
        reading, self.pipe = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.pipe)
            watch(reading)
        os.close(reading)

    def start(self, command: list[Any], *, ending: int = signal.SIGTERM, alone: bool = True, **options: Any) -> subprocess.Popen[Any]:
        """Start a process, by default in a session of its own, which then ends with all it has started.

        The child itself tells the keeper before it becomes the command: no signal and no kill -9 of ours falls in between.
        """

        def enrol() -> None:
            self.tell(process=-os.getpid() if alone else os.getpid(), ending=int(ending))

        return subprocess.Popen(command, start_new_session=alone, preexec_fn=enrol, **options)  # noqa: PLW1509 - we have no threads

    def bury(self, child: subprocess.Popen[Any]) -> None:
        """A child has ended: end what it left behind, and forget it."""
        child.wait()
        send(-child.pid, signal.SIGKILL)
        self.tell(process=-child.pid, ending=0)

    def remove_at_end(self, folder: Path) -> None:
        """The folder goes when everything else has."""
        self.tell(folder=str(folder))

    def tell(self, **word: Any) -> None:
        os.write(self.pipe, json.dumps(word).encode() + b"\n")

    def __enter__(self) -> Self:
        """Keep for the length of a block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End everything; an impatient second Ctrl-C changes nothing."""
        for hurry in HURRIED:
            signal.signal(hurry, signal.SIG_IGN)
        os.close(self.pipe)
        while reaped() != self.pid:  # the dead are not gone until their parent has looked
            time.sleep(0.02)


def reaped() -> int:
    """One child that has ended, or 0."""
    return os.waitpid(-1, os.WNOHANG)[0]


def watch(reading: int) -> NoReturn:
    """The keeper's whole life: listen to the end of the pipe, then end everything."""
    os.setsid()
    for hurry in HURRIED:
        signal.signal(hurry, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)  # whoever reads the command's output shall not wait for the keeper
    endings: dict[int, int] = {}
    folders: list[str] = []
    with os.fdopen(reading) as words:
        for word in words:
            note(json.loads(word), endings, folders)
    end(endings)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def note(word: dict[str, Any], endings: dict[int, int], folders: list[str]) -> None:
    if "folder" in word:
        folders.append(word["folder"])
    elif word["ending"]:
        endings[word["process"]] = word["ending"]
    else:
        endings.pop(word["process"], None)


def end(endings: dict[int, int]) -> None:
    """Ask all at once, wait, then insist."""
    for process, ending in endings.items():
        send(process, ending)
    deadline = time.monotonic() + PATIENCE
    while any(send(process, 0) for process in endings) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in endings:
        send(process, signal.SIGKILL)


def send(process: int, what: int) -> bool:
    """Signal a process, or a whole group when negative; False when nobody is there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, what)
        return True
    return False
