"""What is put in when the alliance is founded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance import clock


class FoundForm(forms.Form):
    """The day of the founding meeting, and the first day of the first term."""

    on = forms.DateField(label=_("Day of the founding"), widget=forms.DateInput(attrs={"type": "date"}))
    begins_on = forms.DateField(
        label=_("The first term begins on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The founding cannot be taken back: from then on there are member units, a secretariat and certificates."),
    )

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("That day is still to come."))
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("on") and said.get("begins_on") and said["begins_on"] < said["on"]:
            self.add_error("begins_on", _("A term does not begin before the alliance is founded."))
        return said
