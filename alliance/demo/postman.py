"""The postman of the demo: a process of its own carries the letters beside the story, which goes on meanwhile.

It ends with whoever started it: it reads from a pipe until that is closed, by the end of the story or by the end of its process.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Self

from django.conf import settings

from alliance import clock
from alliance.channels.mail import Mail

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.channels.message import Message

BURST = 1 << 20  # bytes that wait for the postman before the story does


class Postman:
    """Takes messages and carries them in their order; one that cannot be carried ends the story.

    On the way inside the block; whatever happens there, nobody is on the way after it.
    """

    def __enter__(self) -> Self:
        """The process is told where letters go in this one."""
        command = [sys.executable, "-m", "alliance.demo.postman"]
        self.process = subprocess.Popen(command, cwd=settings.ROOT, stdin=subprocess.PIPE, pipesize=BURST)
        self.tell({"EMAIL_BACKEND": settings.EMAIL_BACKEND, "EMAIL_FILE_PATH": getattr(settings, "EMAIL_FILE_PATH", None)})
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.kill()
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()

    def tell(self, what: object) -> None:
        pickle.dump(what, self.process.stdin)
        self.process.stdin.flush()

    def carry(self, messages: list[Message]) -> None:
        """As of the moment at which the story stands."""
        self.tell((clock.now(), messages))

    def come_home(self) -> None:
        """Wait until all is carried; raises CalledProcessError where something was not: what the postman said stands above."""
        self.process.stdin.close()
        if code := self.process.wait():
            raise subprocess.CalledProcessError(code, self.process.args)


def walk(bag: BinaryIO) -> None:
    """Carry what comes until nothing more does."""
    for name, value in pickle.load(bag).items():  # noqa: S301 — from the process that started this one
        setattr(settings, name, value)
    mail = Mail()
    while round_ := read(bag):
        moment, messages = round_
        with clock.at(moment):
            for message in messages:
                mail.send(message)
    mail.close()


def read(bag: BinaryIO) -> tuple[datetime, list[Message]] | None:
    try:
        return pickle.load(bag)  # noqa: S301 — the same
    except EOFError:
        return None


if __name__ == "__main__":
    walk(sys.stdin.buffer)
