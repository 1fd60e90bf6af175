"""What may be typed in: answers to enquiries, and the texts that applicants agree to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from applications.models import ConsentText


class AnswerForm(PlainText, forms.Form):
    """What the desk answers."""

    words = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


ENQUIRY_STEP_FORMS: dict[str, type[forms.Form]] = {"answer": AnswerForm}


class ConsentTextForm(PlainText, forms.ModelForm):
    """The next version of one text."""

    class Meta:
        model = ConsentText
        fields = ("declaration", "language", "text")
