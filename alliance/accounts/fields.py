"""A mobile number as people type it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.fields import PhoneField
from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.channels.numbers import international

if TYPE_CHECKING:
    from typing import Any


class MobileField(PhoneField):
    """Kept in international form; a mainland number needs no prefix."""

    def __init__(self, **options: Any) -> None:
        options |= {"validators": [], "label": _("Mobile number"), "max_length": 30}
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}))
        super().__init__(**options)

    def clean(self, value: str) -> str:
        typed = super().clean(value)
        return international(typed) if typed else ""
