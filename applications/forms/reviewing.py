"""What may be typed in at the steps of the review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from applications.choices import Body, Defect, Ground
from members.forms import ReasonForm
from members.models import Resolution


def words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, required=required, widget=forms.Textarea(attrs={"rows": 4}))


class OpinionForm(PlainText, forms.Form):
    """What the officer found."""

    opinion = words(_("Opinion"))


class CorrectionForm(PlainText, forms.Form):
    """Every defect at once, from the code list, and in own words."""

    defects = forms.TypedMultipleChoiceField(label=_("Defects"), choices=Defect, coerce=Defect, widget=forms.CheckboxSelectMultiple)
    words = words(_("What exactly has to be put right"))


class GroundForm(PlainText, forms.Form):
    """On which ground, and in own words why."""

    ground = forms.TypedChoiceField(label=_("Ground"), choices=Ground, coerce=Ground)
    reason = words(_("Reason, as the applicant will read it"))


class ObjectionForm(PlainText, forms.Form):
    words = words(_("The objection: from whom (by real name), when, and what it says"))


class ResolutionField(forms.ModelChoiceField):
    """A resolution of a body that decides batches; the newest first."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Resolution"), queryset=Resolution.objects.of_assemblies(Body.values), **options)


class ResolutionForm(forms.Form):
    """Under which resolution of the deciding body."""

    resolution = ResolutionField()


class RejectionForm(GroundForm):
    resolution = ResolutionField()
    field_order = ["resolution", "ground", "reason"]


class ResolvedReasonForm(ReasonForm):
    resolution = ResolutionField()
    field_order = ["resolution", "reason"]


STEP_FORMS: dict[str, type[forms.Form]] = {
    "return_for_correction": CorrectionForm,
    "decline": GroundForm,
    "screen": OpinionForm,
    "conclude_reviews": OpinionForm,
    "deliberate": ResolutionForm,
    "reject": RejectionForm,
    "defer": ResolvedReasonForm,
    "object_to": ObjectionForm,
    "resolve_objection": ReasonForm,
    "uphold_objection": ResolvedReasonForm,
}
