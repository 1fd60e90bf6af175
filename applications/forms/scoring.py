"""What may be typed into a score sheet, and at the steps of an assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from applications.choices import POINTS, Advice, Criterion, RecusalGround
from applications.forms.filling import as_posted, as_typed
from applications.models import Application, Conflict, GroupOpinion
from members.forms import ReasonForm
from members.models import Expert

if TYPE_CHECKING:
    from applications.drafting import Shown
    from applications.models import Review

LONGEST = 2000


def labelled() -> list[tuple[int, str]]:
    """The points with their words, in the reader's language."""
    return [(points, f"{points} {words}") for points, words in POINTS.items()]


def scale(criterion: Criterion, *, required: bool) -> forms.TypedChoiceField:
    """One criterion, one to five."""
    return forms.TypedChoiceField(
        label=criterion.label, choices=labelled, coerce=int, empty_value=None, required=required, widget=forms.RadioSelect
    )


def opinion(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, required=required, widget=forms.Textarea(attrs={"rows": 6, "data-most": LONGEST})
    )


class SheetForm(PlainText, forms.Form):
    """The sheet while the expert fills it in: incomplete or not. `shown` and `typed` are what the script that saves compares."""

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        self.review = review
        super().__init__(*args, initial=answers_of(review), **kwargs)
        for criterion in Criterion:
            self.fields[criterion.value] = scale(criterion, required=False)
        self.fields["advice"] = forms.ChoiceField(label=_("Advice"), choices=Advice.choices, required=False, widget=forms.RadioSelect)
        self.fields["opinion"] = opinion(_("Opinion"), required=False)
        for field in self.fields.values():
            field.must = True
        self.fields["opinion"].widget.attrs.pop("maxlength", None)
        self.helper.layout = Layout(*(Field(name, wrapper_class="gb-scale") for name in Criterion.values), "advice", "opinion")

    def shown(self, review: Review) -> dict[str, Shown]:
        """The answers of `review` as this form posts them."""
        answers = answers_of(review)
        return {name: as_posted(field.prepare_value(answers[name]), field.widget) for name, field in self.fields.items()}

    def typed(self) -> dict[str, Shown]:
        """What is on the screen, field by field."""
        return {name: as_typed(self.data, name, field.widget) for name, field in self.fields.items()}


def answers_of(review: Review) -> dict[str, Any]:
    """What stands on a sheet, every field of it."""
    return {**dict.fromkeys(Criterion.values), **review.points, "advice": review.advice, "opinion": review.opinion}


class SignedSheetForm(PlainText, forms.Form):
    """A sheet that was signed on paper, as the office types it in: complete."""

    climate = scale(Criterion.CLIMATE, required=True)
    research = scale(Criterion.RESEARCH, required=True)
    service = scale(Criterion.SERVICE, required=True)
    industry = scale(Criterion.INDUSTRY, required=True)
    capacity = scale(Criterion.CAPACITY, required=True)
    representative = scale(Criterion.REPRESENTATIVE, required=True)
    advice = forms.TypedChoiceField(label=_("Advice"), choices=Advice, coerce=Advice, widget=forms.RadioSelect)
    opinion = opinion(_("Opinion"), required=True)


class RecusalForm(PlainText, forms.Form):
    """Why: one of a few grounds, and more of it if the expert likes to say."""

    ground = forms.ChoiceField(label=_("What you have to do with the unit"), choices=RecusalGround, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your own words"), max_length=120, required=False)

    def said(self) -> str:
        """As the office reads it, whichever language the expert does."""
        with translation.override(settings.LANGUAGE_CODE):
            ground = str(RecusalGround(self.cleaned_data["ground"]).label)
        return "：".join(filter(None, [ground, self.cleaned_data["words"]]))


class GroupOpinionForm(PlainText, forms.ModelForm):
    """What the panel as a whole says."""

    class Meta:
        model = GroupOpinion
        fields = ("advice", "opinion")
        widgets = {"advice": forms.RadioSelect, "opinion": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advice"].choices = Advice.choices


class ExpertField(forms.ModelChoiceField):
    """Somebody of the think tank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Expert"), queryset=Expert.objects.listed().order_by("name", "pk"), **options)


class ReassignForm(ReasonForm):
    """To whom instead, and why."""

    expert = ExpertField()
    field_order = ["expert", "reason"]
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TakeBackForm(PlainText, forms.Form):
    """Why, in a few words."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class AssignForm(forms.Form):
    """An application by its number, and who reviews it."""

    number = forms.CharField(label=_("Application No."), max_length=20)
    expert = ExpertField()

    def clean(self) -> dict[str, Any]:
        """What cannot be is said at its field."""
        super().clean()
        found = Application.objects.visible_in_office(None).filter(number=self.cleaned_data.get("number", "").strip()).first()
        if found is None:
            self.add_error("number", _("There is no application with this number."))
        self.cleaned_data["application"] = found
        return self.cleaned_data


class ConflictForm(PlainText, forms.ModelForm):
    """Between whom, and what is known."""

    class Meta:
        model = Conflict
        fields = ("expert", "organisation", "note")


ASSIGNMENT_STEP_FORMS: dict[str, type[forms.Form]] = {"take_back": TakeBackForm, "reassign": ReassignForm, "enter_sheet": SignedSheetForm}
