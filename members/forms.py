"""What may be typed in at the steps of a membership and of a meeting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from members.choices import Direction
from members.models import Expert


class ReasonForm(PlainText, forms.Form):
    """Why, in words that whoever is concerned reads."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class ExpertForm(forms.ModelForm):
    """An expert, with the directions to tick."""

    directions = forms.MultipleChoiceField(label=_("Directions"), choices=Direction, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Expert
        fields = (
            "name", "name_en", "affiliation", "organisation", "post", "title", "directions", "expertise", "is_national", "email", "mobile",
            "consented_on", "listed_on", "retired_on",
        )  # fmt: skip


MEMBERSHIP_STEP_FORMS: dict[str, type[forms.Form]] = {"suspend": ReasonForm, "resign": ReasonForm, "replace_certificate": ReasonForm}
MEETING_STEP_FORMS: dict[str, type[forms.Form]] = {}
