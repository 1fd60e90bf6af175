"""What goes out, and how a channel may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a message."""

    name: str
    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Message:
    """One word to one address: an e-mail address, or a telephone number in international form (E.164)."""

    to: str
    subject: str
    text: str
    message_id: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    template: str = "letter"  # which of the SMS operator's registered templates
    values: dict[str, str] = field(default_factory=dict)  # what the template's places are filled with


class Undelivered(Exception):  # noqa: N818 — an answer, not an error of the program
    """The message did not go out; `answer` is what the other side said."""

    def __init__(self, answer: object) -> None:
        super().__init__(str(answer))
        self.answer = " ".join(str(answer).split())[:500]


class Deferred(Undelivered):
    """Not now: a temporary refusal (RFC 5321, 4yz). The same message is tried again later."""


class Bounced(Undelivered):
    """Never to this address: a lasting refusal (RFC 5321, 5yz)."""


class Unreachable(Undelivered):
    """The channel itself is down or set up wrongly. No message is at fault."""


class Channel(Protocol):
    """An open way out. Closing it is the caller's, as with a file."""

    def send(self, message: Message) -> None:
        """Hand `message` over, or raise Deferred, Bounced or Unreachable."""

    def close(self) -> None: ...
