"""Writing a letter down, in the language of whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from alliance.history.models import kind_of
from alliance.letters.models import Letter
from alliance.letters.nudge import nudge_once

if TYPE_CHECKING:
    from django.db.models import Model


def write(template: str, *, about: Model, to: str, key: str, language: str, recipient: Model | None = None, **context: object) -> Letter:
    """Put a letter into the outbox, in the running transaction; the same `key` twice gives the letter that is there.

    The text is `templates/mail/<template>.txt`: its first line is the subject.
    """
    with translation.override(language):
        subject, _end, body = (
            render_to_string(f"mail/{template}.txt", {"about": about, "site_url": settings.SITE_URL, **context}).strip().partition("\n")
        )
    fields = {
        "template": template,
        "to": to,
        "recipient": recipient,
        "language": language,
        "subject": subject.strip()[:200],
        "body": body.strip() + "\n",
        "kind_of_thing": kind_of(about),
        "thing_id": about.pk,
    }
    letter, _created = Letter.objects.get_or_create(key=key, defaults=fields)
    nudge_once()
    return letter
