"""The letter with a claim code: one page to hand over or to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.documents.words import contact, day, office
from alliance.facts.models import facts
from applications.notices import spelt

if TYPE_CHECKING:
    from datetime import datetime

    from applications.models import OnBehalf


def claim_letter(entry: OnBehalf, code: str, *, moment: datetime) -> bytes:
    """One page to hand over or to send: the code is on it, and nowhere else."""
    application = entry.application
    with translation.override(CHINESE):
        words = {
            "issued_by": facts().name_hans,
            "office": office(),
            "subject": application.name or application.reg_no,
            "number": application.number or "",
            "reg_no": application.reg_no,
            "channel": str(entry.get_channel_display()),
            "received": day(entry.received_at),
            "code": spelt(code),
            "until": day(entry.code_until),
            "address": f"{settings.SITE_URL}{reverse('applications:claim')}",
            "date": day(moment),
            "contact": contact(),
        }
        return typeset("claim", words, moment=moment)
