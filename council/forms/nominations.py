"""What may be typed in about a nomination."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from members.choices import Direction, Tier
from members.forms import ReasonForm


class NominateForm(PlainText, forms.Form):
    """For which post, and why."""

    tier = forms.TypedChoiceField(label=_("Tier"), choices=Tier, coerce=int, widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Direction"), choices=[("", "—"), *Direction.choices], required=False, help_text=_("The chair has no direction.")
    )
    reason = forms.CharField(label=_("Reasons"), max_length=500, widget=forms.Textarea(attrs={"rows": 4, "data-most": 500}))

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("tier") not in (None, Tier.CHAIR) and not self.cleaned_data.get("direction"):
            self.add_error("direction", _("Please choose a direction."))
        return self.cleaned_data


NOMINATION_STEP_FORMS: dict[str, type[forms.Form]] = {"block": ReasonForm}
