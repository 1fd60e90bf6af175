"""allauth's forms for logging in, in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Any


class LoginForm(forms.LoginForm):
    """The first field says what may stand in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.HAS_SMS:
            self.fields["login"].label = _("E-mail address or mobile number")


class CodeForm(forms.RequestLoginCodeForm):
    """Where the code goes has to be said: allauth lets both fields be empty, and falls."""

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.errors and not any(typed.values()):
            self.add_error("email", _("Please enter the e-mail address or the mobile number of your account."))
        return typed
