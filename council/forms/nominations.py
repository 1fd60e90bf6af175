"""What may be typed in about a nomination."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from members.choices import Assembly, Direction, Tier
from members.forms import ReasonForm
from members.models import MemberUnit, Resolution

EARLIEST = 1900


class NominateForm(PlainText, forms.Form):
    """Whom, for which post, and why."""

    whom = forms.CharField(
        label=_("Member number of the unit you recommend"),
        max_length=20,
        required=False,
        help_text=_("Leave it empty to put your own unit forward."),
    )
    tier = forms.TypedChoiceField(label=_("Tier"), choices=Tier, coerce=int, widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Direction"), choices=[("", "—"), *Direction.choices], required=False, help_text=_("The chair has no direction.")
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth of the person"),
        min_value=EARLIEST,
        max_value=2100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Only for a chair or vice-chair, where the charter has an age limit; it is not published."),
    )
    reason = forms.CharField(label=_("Reasons"), max_length=500, widget=forms.Textarea(attrs={"rows": 4, "data-most": 500}))

    def clean_whom(self) -> MemberUnit | None:
        """The unit of this number, if one is named."""
        number = self.cleaned_data["whom"].strip().upper()
        if not number:
            return None
        unit = MemberUnit.objects.active().filter(number=number).select_related("organisation").first()
        if unit is None:
            raise forms.ValidationError(_("No active member unit has this number; the directory shows the numbers."))
        return unit

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("tier") not in (None, Tier.CHAIR) and not self.cleaned_data.get("direction"):
            self.add_error("direction", _("Please choose a direction."))
        return self.cleaned_data


class StandForm(PlainText, forms.Form):
    """The person's own word; to be named in public is a consent apart, and never ticked beforehand."""

    be_named = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, text: str) -> None:
        super().__init__(data)
        self.fields["be_named"].label = text


class NoteForm(PlainText, forms.Form):
    """Which paper it is."""

    note = forms.CharField(label=_("The signed paper"), max_length=200, help_text=_("Its date, and who signed it."))


class PutForwardForm(forms.Form):
    """By which resolution."""

    resolution = forms.ModelChoiceField(Resolution.objects.none(), label=_("Resolution"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["resolution"].queryset = Resolution.objects.of_assemblies([Assembly.PREPARATORY, Assembly.COUNCIL])


NOMINATION_STEP_FORMS: dict[str, type[forms.Form]] = {"block": ReasonForm, "record_acceptance": NoteForm, "put_forward": PutForwardForm}
