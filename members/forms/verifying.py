"""What is typed in to verify a certificate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText


class VerifyForm(PlainText, forms.Form):
    """Number and full name, as they stand on the paper."""

    number = forms.CharField(
        label=_("Certificate number"), max_length=60, help_text=_("Such as GBANEV-0120210037 or 湾新汽联会字〔2021〕第0037号.")
    )
    name = forms.CharField(label=_("Full name of the unit"), max_length=160, help_text=_("As it stands on the certificate."))
