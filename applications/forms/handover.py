"""Who leaves, and who takes over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.accounts.models import User
from applications import rules


class LeaverForm(forms.Form):
    """Somebody of the office, and not oneself."""

    leaver = forms.ModelChoiceField(label=_("Who hands over"), queryset=User.objects.none(), empty_label="—")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["leaver"].queryset = User.objects.of_offices(Office).exclude(pk=by.pk).order_by("name")

    def clean_leaver(self) -> User:
        leaver = self.cleaned_data["leaver"]
        if not rules.may_hand_over(self.by, leaver):
            raise ValidationError(_("Only the security administrator hands over the work of an administrator or auditor."))
        return leaver


class HandOverForm(forms.Form):
    """To whom, and whether the account is closed."""

    successor = forms.ModelChoiceField(label=_("Successor"), queryset=User.objects.none(), empty_label="—")
    closes_account = forms.BooleanField(
        label=_("Close the account"),
        required=False,
        initial=True,
        help_text=_("The offices end, and nobody can log in with it any more. It is never deleted."),
    )

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = User.objects.of_offices(SECRETARIAT).exclude(pk=leaver.pk).order_by("name")
