"""Which ways lead out of this installation, and which of them leads to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alliance.channels.file import SmsFile
from alliance.channels.mail import Mail
from alliance.channels.sms import Sms

if TYPE_CHECKING:
    from alliance.channels.message import Channel


class Way(TextChoices):
    """How a word reaches a person."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("SMS")
    HAND = "hand", _("By hand")


def has_mail() -> bool:
    return settings.HAS_MAIL


def has_sms() -> bool:
    return bool(settings.SMS_URL or settings.SMS_FILE_PATH)


def way_to(email: str, mobile: str) -> tuple[Way, str]:
    """By e-mail where there is an address and a mail server; else by SMS; else somebody has to tell it."""
    if email and has_mail():
        return Way.MAIL, email
    if mobile and has_sms():
        return Way.SMS, mobile
    return Way.HAND, email or mobile


def channel(way: str) -> Channel:
    """An open channel; told by hand is none."""
    if way == Way.SMS:
        return Sms() if settings.SMS_URL else SmsFile()
    return Mail()
