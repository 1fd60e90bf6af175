"""What may be typed in at the steps of a membership and of a meeting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText


class ReasonForm(PlainText, forms.Form):
    """Why, in words that whoever is concerned reads."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


MEMBERSHIP_STEP_FORMS: dict[str, type[forms.Form]] = {"suspend": ReasonForm, "resign": ReasonForm}
MEETING_STEP_FORMS: dict[str, type[forms.Form]] = {}
