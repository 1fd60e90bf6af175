"""What may be typed in when an account is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.text import PlainText, refuse_hidden

if TYPE_CHECKING:
    from django.http import HttpRequest


class MeForm(PlainText, forms.ModelForm):
    """What I keep of my account myself."""

    class Meta:
        model = User
        fields = ("name", "language")

    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)


class GivenCodeForm(PlainText, forms.Form):
    """A code from the office, and whose it is."""

    login = forms.CharField(
        label=_("E-mail address or mobile number"), max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "").replace("-", "")


class IssueCodeForm(PlainText, forms.Form):
    """How the office makes sure that the code reaches the right person."""

    handed_over = forms.CharField(
        label=_("How it is handed over"),
        max_length=200,
        help_text=_("To whom and how: in person with identity checked, by telephone to the number on file …"),
    )


class SignupForm(forms.Form):
    """What the portal asks beyond allauth's own e-mail and password."""

    name = forms.CharField(
        label=_("Your name"), max_length=60, validators=[refuse_hidden], widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "phone", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more: the adapter has kept the name."""
