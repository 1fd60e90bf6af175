"""What may be typed in about the source pool."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from applications.models import Prospect
from members import identifiers


class ProspectForm(PlainText, forms.ModelForm):
    """A unit that the alliance would like to have."""

    class Meta:
        model = Prospect
        fields = (
            "name", "jurisdiction", "reg_no", "unit_type", "region", "main_direction", "source", "contact_name", "contact_email",
            "contact_phone", "note",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        super().clean()
        number = self.cleaned_data["reg_no"] = identifiers.normalise(self.cleaned_data.get("reg_no") or "")
        try:
            if number and self.cleaned_data.get("jurisdiction"):
                identifiers.check(self.cleaned_data["jurisdiction"], number)
        except ValidationError as wrong:
            self.add_error("reg_no", wrong)
        return self.cleaned_data


class DeclinedForm(PlainText, forms.Form):
    """What the unit said."""

    words = forms.CharField(
        label=_("What it said"), max_length=300, help_text=_("No names of persons: who wants to know whom to call looks at the contact.")
    )


PROSPECT_STEP_FORMS: dict[str, type[forms.Form]] = {"decline_prospect": DeclinedForm}
