"""What may be typed in about a paper that goes with an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.files.forms import CheckedPaperField, ScanField
from alliance.text import PlainText
from applications.choices import Paper
from applications.models import Application
from applications.models.attachment import MOST, TOO_MANY, is_full


class SealedForm(PlainText, forms.Form):
    """The sealed form as it came back: one PDF, or pictures of its pages."""

    file = ScanField(label=_("Scan of the sealed form"))


class ReplacingForm(PlainText, forms.Form):
    """A better file for a paper that is there."""

    file = CheckedPaperField(label=_("File"))


class AttachmentForm(PlainText, forms.Form):
    """One paper to add: which it is, and the file, or pictures of its pages."""

    kind = forms.ChoiceField(label=_("Which paper"), choices=[("", "—"), *Paper.choices])
    file = CheckedPaperField(label=_("Files"))
    together = forms.BooleanField(
        label=_("The pictures are pages of one paper: bind them into one PDF, in the order in which they stand"), required=False
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.fields["kind"].widget.attrs["class"] = "gb-w-m"

    def clean(self) -> dict[str, Any]:
        super().clean()
        if is_full(self.application) and self.cleaned_data.get("kind") != Paper.SEALED_FORM:
            raise ValidationError(TOO_MANY, params={"most": MOST}, code="too_many")
        return self.cleaned_data
