"""To whom a file may be handed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.accounts.models import User


class HandToForm(forms.Form):
    """Somebody of the secretariat."""

    other = forms.ModelChoiceField(label=_("Hand to"), queryset=User.objects.none(), empty_label="—")
    use_required_attribute = False  # it stands among other buttons of one form

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = User.objects.of_offices(SECRETARIAT).exclude(pk=by.pk).order_by("name")
