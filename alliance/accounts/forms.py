"""What may be typed in when an account is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import refuse_hidden

if TYPE_CHECKING:
    from django.http import HttpRequest

    from alliance.accounts.models import User


class SignupForm(forms.Form):
    """What the portal asks beyond allauth's own e-mail and password."""

    name = forms.CharField(
        label=_("Your name"), max_length=60, validators=[refuse_hidden], widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more: the adapter has kept the name."""
