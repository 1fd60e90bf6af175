"""What may be typed in at the steps of a call for nominations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms import ReasonForm

USUAL, MOST = 5, 30  # working days of publicity


class ExtendForm(forms.Form):
    """Up to which day."""

    closes_on = forms.DateField(label=_("nominations until"), widget=forms.DateInput(attrs={"type": "date"}))


class PublishForm(forms.Form):
    """For how long the list is published."""

    working_days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=MOST, initial=USUAL)


CALL_STEP_FORMS: dict[str, type[forms.Form]] = {"extend_call": ExtendForm, "publish_list": PublishForm, "cancel_call": ReasonForm}
