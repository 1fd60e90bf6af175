"""What may be typed in about a seat and whoever holds it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from council.choices import Cause
from council.workflow.co_opting import ABOUT_SEATS
from members.choices import Assembly
from members.forms import ReasonForm
from members.forms.life import ResolutionField
from members.models import MemberUnit, Resolution

BY_HAND = (Cause.GAVE_UP, Cause.RECALLED)


class ByResolutionForm(forms.Form):
    """By which resolution of the council."""

    resolution = ResolutionField(required=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["resolution"].queryset = Resolution.objects.of_assemblies([Assembly.COUNCIL])


class MayResolveForm(ByResolutionForm):
    """By which resolution, where there is one."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["resolution"].required, self.fields["resolution"].help_text = False, _("May be left empty.")


class CoOptForm(PlainText, ByResolutionForm):
    """Which unit, by which resolution; what decided something else is not offered."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["resolution"].queryset = self.fields["resolution"].queryset.resting_only(*ABOUT_SEATS)

    unit = forms.CharField(label=_("Member number"), max_length=20)
    field_order = ("unit", "resolution")

    def clean_unit(self) -> MemberUnit:
        unit = MemberUnit.objects.active().filter(number=self.cleaned_data["unit"].strip().upper()).first()
        if unit is None:
            raise forms.ValidationError(_("No active member unit has this number; the directory shows the numbers."))
        return unit


class LeaveForm(ReasonForm):
    """Why the unit does not hold its seat any more."""

    cause = forms.ChoiceField(label=_("cause of the end"), choices=[(cause.value, cause.label) for cause in BY_HAND])
    field_order = ("cause", "reason")
