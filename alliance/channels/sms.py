"""SMS, through one HTTP adapter.

Mainland operators send only texts registered with them, so a message goes as the code of a template and what fills its
places. The adapter posts JSON `{"to", "template", "values", "id"}` with the bearer token of `SMS_URL` to that address; a
gateway of the operator, or a few lines in front of it, answers 2xx when it took the message.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from alliance.channels.message import Bounced, Deferred, Unreachable

if TYPE_CHECKING:
    from alliance.channels.message import Message

SECONDS = 10
NOT_NOW = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
OUR_FAULT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


class Sms:
    """The operator's gateway."""

    def send(self, message: Message) -> None:
        try:
            with urlopen(request(message), timeout=SECONDS):  # noqa: S310 — the address is the operator's own setting
                return
        except HTTPError as refusal:
            words = refusal.read(300).decode("utf-8", "replace")
            raise kind(refusal.code)(f"{refusal.code} {words}") from refusal
        except (URLError, OSError) as failure:
            raise Unreachable(f"{type(failure).__name__}: {failure}") from failure

    def close(self) -> None:
        """Each message is a request of its own."""


def request(message: Message) -> Request:
    gateway = urlsplit(settings.SMS_URL)
    address = gateway._replace(netloc=gateway.netloc.rpartition("@")[2]).geturl()
    body = {
        "to": message.to,
        "template": settings.SMS_TEMPLATES.get(message.template, message.template),
        "values": message.values,
        "id": message.message_id,
    }
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {gateway.username or ''}"}
    return Request(address, json.dumps(body).encode(), headers, method="POST")  # noqa: S310 — likewise


def kind(code: int) -> type[Bounced | Deferred | Unreachable]:
    """A gateway that knows neither us nor the address is set up wrongly; it may be busy; all else is this message's own."""
    if code in OUR_FAULT:
        return Unreachable
    return Deferred if code in NOT_NOW or code >= HTTPStatus.INTERNAL_SERVER_ERROR else Bounced
