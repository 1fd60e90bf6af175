"""What may be typed in at the steps of a membership and of a meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from members.choices import Direction
from members.forms.certificates import CourierForm, ExtendForm
from members.models import Expert
from members.models.tenure import HELD_BY_ONE


class ReasonForm(PlainText, forms.Form):
    """Why, in words that whoever is concerned reads."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class WordsForm(PlainText, forms.Form):
    """What the unit reads in its letter."""

    words = forms.CharField(label=_("Words to the unit"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class RecognitionForm(PlainText, forms.Form):
    """On what document alliances are taken in."""

    document = forms.CharField(
        label=_("Document of recognition"),
        max_length=200,
        help_text=_("Its number and title, as they stand on it; kept with the register's verifications."),
    )


class ExpertForm(forms.ModelForm):
    """An expert, with the directions to tick."""

    directions = forms.MultipleChoiceField(label=_("Directions"), choices=Direction, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Expert
        fields = (
            "name", "name_en", "affiliation", "organisation", "post", "title", "directions", "expertise", "is_national", "email", "mobile",
            "consented_on", "listed_on", "retired_on",
        )  # fmt: skip


class HolderFormSet(BaseInlineFormSet):
    """Who holds the posts of a body: what the database would refuse between two rows is told at the second."""

    def clean(self) -> None:
        super().clean()
        taken: set[tuple[str, Any]] = set()
        for form in self.forms:
            if not form.errors and form.cleaned_data.get("ended_on") and not form.cleaned_data.get("end_reason"):
                form.add_error("end_reason", _("Please say why it ended."))
            for held in self.held(form.cleaned_data if not form.errors else {}):
                if held in taken:
                    form.add_error("post", _("This is held twice here: the tenure that runs has to end first."))
                taken.add(held)

    @staticmethod
    def held(typed: dict[str, Any]) -> list[tuple[str, Any]]:
        """What a running row takes for itself: a post of one holder, a unit's post, an expert's place."""
        if not typed or typed.get("ended_on"):
            return []
        post, unit, expert = typed.get("post"), typed.get("unit"), typed.get("expert")
        held = [("post", post)] if post in HELD_BY_ONE else []
        return [*held, *([("unit", (unit, post))] if unit else []), *([("expert", expert)] if expert else [])]


class EndTenureForm(PlainText, forms.Form):
    """When a tenure ended, and why."""

    ended_on = forms.DateField(label=_("Ended on"), initial=clock.today, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    end_reason = forms.CharField(label=_("Reason"), max_length=200)


SITTING_STEP_FORMS: dict[str, type[forms.Form]] = {"end_tenure": EndTenureForm}
CERTIFICATE_STEP_FORMS: dict[str, type[forms.Form]] = {
    "reissue": ReasonForm,
    "extend": ExtendForm,
    "void": ReasonForm,
    "dispatch": CourierForm,
}
MEMBERSHIP_STEP_FORMS: dict[str, type[forms.Form]] = {"replace_certificate": ReasonForm}
WISH_STEP_FORMS: dict[str, type[forms.Form]] = {"accept_wish": WordsForm, "decline_wish": WordsForm}
