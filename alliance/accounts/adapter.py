"""How allauth fits this house."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password
from django.utils import translation

from alliance import clock
from alliance.accounts.fields import MobileField
from alliance.accounts.models import User
from alliance.channels.message import Message, Undelivered
from alliance.channels.numbers import reachable
from alliance.channels.ways import Way, channel

if TYPE_CHECKING:
    from typing import Any

    from django import forms
    from django.http import HttpRequest

    from alliance.accounts.forms import SignupForm

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Letters of the account system go straight to the mail backend, never into the outbox that staff can read."""

    def send_account_already_exists_mail(self, email: str) -> None:
        """Spend the time that a new password's hash would take, so that the clock does not tell known from unknown."""
        make_password("a password that nobody has")
        super().send_account_already_exists_mail(email)

    # ── a mobile number, as allauth asks for it ──────────────────────────────────────────────────────────────────────

    def phone_form_field(self, **options: Any) -> forms.Field:
        return MobileField(**options)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.mobile, user.mobile_confirmed_at is not None) if user.mobile else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 — allauth's signature
        user.mobile, user.mobile_confirmed_at = phone or None, clock.now() if verified else None
        user.save(update_fields=["mobile", "mobile_confirmed_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """`phone` as it was typed: the log-in form hands it on like that."""
        return User.objects.filter(mobile=number).first() if (number := reachable(phone)) else None

    def send_verification_code_sms(self, user: User, phone: str, code: str, **options: Any) -> None:
        self.send_sms(phone, "code", code=code)

    def send_unknown_account_sms(self, phone: str, **options: Any) -> None:
        self.send_sms(phone, "unknown")

    def send_account_already_exists_sms(self, phone: str) -> None:
        self.send_sms(phone, "exists")

    def send_sms(self, phone: str, template: str, **values: str) -> None:
        """Straight to the operator. A gateway that fails is said in the log: the page gives the same answer to everybody."""
        try:
            channel(Way.SMS).send(Message(phone, "", "", template=template, values=values))
        except Undelivered as refusal:
            log.warning("SMS %s: %s", template, refusal)

    def save_user(self, request: HttpRequest, user: User, form: SignupForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 — allauth's signature
        user.name = form.cleaned_data["name"]
        user.language = translation.get_language()
        return super().save_user(request, user, form, commit)
