"""The embedded portal's SMS: one text file a message, beside its letters."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from alliance import clock

if TYPE_CHECKING:
    from alliance.channels.message import Message


class SmsFile:
    """Writes what would have gone to the operator, whole or not at all."""

    def send(self, message: Message) -> None:
        folder = Path(settings.SMS_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{clock.now().astimezone(clock.SHANGHAI):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}"
        half = folder / f".{name}"
        half.write_text(json.dumps({"to": message.to, "template": message.template, "values": message.values}, ensure_ascii=False))
        half.rename(folder / f"{name}.sms.json")

    def close(self) -> None:
        """Nothing stays open."""
