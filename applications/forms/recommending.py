"""What may be typed in when a recommender is asked, and when it answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from applications.models import Application


class AskRecommenderForm(PlainText, forms.Form):
    """The recommender's address."""

    email = forms.EmailField(
        label=_("E-mail of the recommending unit"),
        max_length=254,
        help_text=_("The letter with link and code goes to this address, not to you."),
        widget=forms.EmailInput(attrs={"class": "gb-w-l", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_email(self) -> str:
        """Nobody recommends themselves under another name."""
        email = self.cleaned_data["email"].lower()
        if email in self.application.own_addresses:
            raise ValidationError(_("This address belongs to your own unit: please type in the recommending unit's."))
        return email


class ConfirmForm(PlainText, forms.Form):
    """The opinion, as it stands or in own words; who confirms it, and in which post."""

    words = forms.CharField(label=_("Opinion"), max_length=500, widget=forms.Textarea(attrs={"rows": 5, "data-most": 500}))
    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"class": "gb-w-m", "autocomplete": "name"}))
    post = forms.CharField(
        label=_("Your department and post"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "organization-title"})
    )


class RecommenderForm(ConfirmForm):
    """The recommender's page: the code first; whoever declines has nothing else to fill in."""

    code = forms.CharField(
        label=_("Confirmation code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "gb-code gb-w-m", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Ten characters, from the letter; the dash may be left out."),
    )
    field_order = ["words", "name", "post", "code"]

    def __init__(self, *args: Any, declines: bool = False, is_settled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].disabled = is_settled
        for name in ("words", "name", "post") if declines else ():
            self.fields[name].required = False


RECOMMENDATION_STEP_FORMS: dict[str, type[forms.Form]] = {"confirm": ConfirmForm}
