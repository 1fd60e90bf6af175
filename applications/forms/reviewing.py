"""What may be typed in at the steps of the review."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.forms import CheckedPapersField
from alliance.text import PlainText
from applications.choices import Ground
from applications.forms.defects import DefectsField
from applications.models import Objection
from applications.models.decision import resolutions_on
from members.forms import ReasonForm
from members.forms.life import ResolutionField
from members.models import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from applications.models import Application, Batch


def words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, required=required, widget=forms.Textarea(attrs={"rows": 4}))


class OpinionForm(PlainText, forms.Form):
    """What the officer found."""

    opinion = words(_("Opinion"))


class CorrectionForm(PlainText, forms.Form):
    """Every defect at once, from the code list: where each is, which opens that place again, and in own words."""

    defects = DefectsField(label=_("Defects"))
    words = words(_("To the applicant, on all of it"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data["places"] = self.cleaned_data.get("defects", [])
        self.cleaned_data["defects"] = list(dict.fromkeys(place["code"] for place in self.cleaned_data["places"]))
        return self.cleaned_data


class LaterForm(PlainText, forms.Form):
    """Until when, typed as its last day, and why."""

    until = forms.DateField(
        label=_("New last day"),
        validators=[MaxValueValidator(date(2100, 1, 1))],
        widget=forms.DateInput(attrs={"placeholder": "2020-12-12"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean_until(self) -> datetime:
        return clock.midnight(self.cleaned_data["until"] + timedelta(days=1))


class GroundForm(PlainText, forms.Form):
    """On which ground, and in own words why."""

    ground = forms.TypedChoiceField(label=_("Ground"), choices=Ground, coerce=Ground)
    reason = words(_("Reason, as the applicant will read it"))


class ObjectionForm(PlainText, forms.ModelForm):
    """Who objects, by real name, what they say, and their papers."""

    wants_files = True

    papers = CheckedPapersField(label=_("Papers"), required=False)

    class Meta:
        model = Objection
        fields = ("name", "affiliation", "telephone", "email", "received_on", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}

    def clean_received_on(self) -> date:
        received = self.cleaned_data["received_on"]
        if received > clock.today():
            raise forms.ValidationError(_("This day lies ahead."))
        return received

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not (self.cleaned_data.get("telephone") or self.cleaned_data.get("email") or self.errors):
            self.add_error("telephone", _("A telephone or an e-mail is needed: a nameless objection is not examined."))
        return self.cleaned_data


class BatchResolutionField(ResolutionField):
    """One that can be of a batch, the newest first; none before its form says which batch."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, **options)

    def offer(self, batches: Iterable[Batch]) -> None:
        """Those that can be of every one of `batches`."""
        found = [resolutions_on(batch) for batch in batches]
        self.queryset = reduce(and_, found) if found else Resolution.objects.none()


class OfTheBatch(forms.Form):
    """Under which resolution of the deciding body on the batch of what is decided."""

    wants_things: ClassVar[bool] = True
    resolution = BatchResolutionField()

    def __init__(self, *args: Any, things: Sequence[Application] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["resolution"].offer({thing.batch for thing in things})


class RejectionForm(OfTheBatch, GroundForm):
    field_order = ["resolution", "ground", "reason"]


class ResolvedReasonForm(OfTheBatch, ReasonForm):
    field_order = ["resolution", "reason"]


STEP_FORMS: dict[str, type[forms.Form]] = {
    "return_for_correction": CorrectionForm,
    "extend": LaterForm,
    "decline": GroundForm,
    "screen": OpinionForm,
    "conclude_reviews": OpinionForm,
    "deliberate": OfTheBatch,
    "reject": RejectionForm,
    "defer": ResolvedReasonForm,
    "object_to": ObjectionForm,
    "resolve_objection": ReasonForm,
    "uphold_objection": ResolvedReasonForm,
}
