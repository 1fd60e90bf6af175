"""E-mail, through Django's backend."""

from __future__ import annotations

import re
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection

from alliance.channels.message import Bounced, Deferred, Undelivered, Unreachable

if TYPE_CHECKING:
    from alliance.channels.message import Message

PERMANENT = 500
# Mainland providers refuse a fast sender with a lasting code and one of these words.
TOO_FAST = re.compile(r"frequency|too (many|fast|frequent)|rate.?limit|limit exceeded|try again|busy|频率|过于频繁", re.IGNORECASE)
CHANNEL_DOWN = (SMTPServerDisconnected, SMTPConnectError, SMTPHeloError, SMTPAuthenticationError, SMTPNotSupportedError)


class Mail:
    """One connection to the mail server for many messages."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.is_open = self.has_worked = False

    def send(self, message: Message) -> None:
        letter = EmailMessage(message.subject, message.text, to=[message.to], connection=self.connection)
        letter.extra_headers = {"Message-ID": message.message_id} if message.message_id else {}
        for enclosure in message.enclosures:
            letter.attach(enclosure.name, enclosure.content, enclosure.media_type)
        self.open()
        try:
            letter.send()
        except (SMTPException, OSError, ValueError) as failure:
            raise self.judge(answer(failure)) from failure
        self.has_worked = True

    def judge(self, refusal: Undelivered) -> Undelivered:
        """A connection that carried letters and then broke, as servers do after so many, is opened anew for the next."""
        if not (isinstance(refusal, Unreachable) and self.has_worked):
            return refusal
        self.close()
        return Deferred(refusal.answer)

    def open(self) -> None:
        """Connect when the first message goes; a server that cannot be reached is no message's fault."""
        if self.is_open:
            return
        try:
            self.connection.open()
        except (SMTPException, OSError) as failure:
            raise Unreachable(describe(failure)) from failure
        self.is_open = True

    def close(self) -> None:
        self.connection.close()
        self.is_open = self.has_worked = False


def answer(failure: Exception) -> Undelivered:
    """What an exception of the mail library means for the message in hand."""
    if isinstance(failure, CHANNEL_DOWN):
        return Unreachable(describe(failure))
    if isinstance(failure, SMTPRecipientsRefused):
        return by_code(*next(iter(failure.recipients.values())))
    if isinstance(failure, SMTPResponseException):  # the sender or the text refused
        return by_code(failure.smtp_code, failure.smtp_error)
    if isinstance(failure, OSError):
        return Unreachable(describe(failure))
    return Bounced(describe(failure))  # no server will take what cannot be written as a message


def by_code(code: int, words: bytes | str) -> Undelivered:
    """RFC 5321, 4.2.1: 4yz is temporary, 5yz lasts, unless its words say that we were only too fast."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    lasting = code >= PERMANENT and not TOO_FAST.search(text)
    return (Bounced if lasting else Deferred)(f"{code} {text}")


def describe(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"
