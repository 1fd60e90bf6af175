"""How allauth fits this house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password
from django.utils import translation

if TYPE_CHECKING:
    from django.http import HttpRequest

    from alliance.accounts.forms import SignupForm
    from alliance.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Letters of the account system go straight to the mail backend, never into the outbox that staff can read."""

    def send_account_already_exists_mail(self, email: str) -> None:
        """Spend the time that a new password's hash would take, so that the clock does not tell known from unknown."""
        make_password("a password that nobody has")
        super().send_account_already_exists_mail(email)

    def save_user(self, request: HttpRequest, user: User, form: SignupForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 — allauth's signature
        user.name = form.cleaned_data["name"]
        user.language = translation.get_language()
        return super().save_user(request, user, form, commit)
