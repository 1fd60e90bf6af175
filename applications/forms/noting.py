"""What may be typed in when the office notes something about an application."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from applications import rules
from applications.choices import NoteKind
from applications.models import Application, Note


class NoteForm(PlainText, forms.ModelForm):
    """A remark or a telephone call, on the application of this number."""

    number = forms.CharField(label=_("Application number"), max_length=20)

    class Meta:
        model = Note
        fields = ("kind", "words", "whom", "telephone")
        widgets = {"words": forms.Textarea(attrs={"rows": 6}), "kind": forms.RadioSelect}

    by: Any = None  # who writes

    def clean_number(self) -> str:
        number = unicodedata.normalize("NFKC", self.cleaned_data["number"])
        application = Application.objects.visible_in_office(self.by).filter(number__iexact=number).first()
        if application is None or not rules.may_note(self.by, application):
            raise ValidationError(_("No application was submitted under this number."))
        self.instance.application = application
        return number

    def clean(self) -> dict[str, Any]:
        """With whom, of a telephone call; of anything else nobody."""
        super().clean()
        if self.cleaned_data.get("kind") != NoteKind.TELEPHONE:
            self.cleaned_data |= {"whom": "", "telephone": ""}
        elif not self.cleaned_data.get("whom") and "whom" not in self.errors:
            self.add_error("whom", _("Please say with whom."))
        return self.cleaned_data
