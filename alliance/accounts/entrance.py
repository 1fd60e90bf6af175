"""allauth's log-in form, in our words."""

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
