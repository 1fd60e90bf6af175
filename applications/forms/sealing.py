"""What may be typed in about the seal: the scan, what a clerk finds, and the original."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from applications.models import Application, Original


class UnusableForm(PlainText, forms.Form):
    """What is wrong with a scan."""

    words = forms.CharField(
        label=_("What is wrong with it, as the applicant will read it"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


COPY_STEP_FORMS: dict[str, type[forms.Form]] = {"find_unusable": UnusableForm}


class OriginalForm(PlainText, forms.ModelForm):
    """A paper that came, by courier or over the counter."""

    number = forms.CharField(label=_("Application number"), max_length=20, help_text=_("As it stands at the head of the form."))

    class Meta:
        model = Original
        fields = ("received_on", "courier", "filed", "is_complete")

    by: Any = None  # who logs it

    def clean_number(self) -> str:
        number = unicodedata.normalize("NFKC", self.cleaned_data["number"])
        application = Application.objects.visible_in_office(self.by).filter(number__iexact=number).first()
        if application is None:
            raise ValidationError(_("No application was submitted under this number."))
        self.instance.application = application
        return number

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise ValidationError(_("The day cannot lie ahead."))
        return day
