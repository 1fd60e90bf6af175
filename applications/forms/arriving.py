"""What may be uploaded to begin with: the filled template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.files.choices import Kind
from alliance.files.forms import CheckedFileField
from alliance.sheets import Unreadable, read
from alliance.text import PlainText

MEGABYTE = 1024 * 1024


class FilledForm(PlainText, forms.Form):
    """One workbook, read as it comes; `rows` are its lines."""

    filled = CheckedFileField(
        label=_("Filled template"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("The template for Excel (.xlsx), up to 2 MB."),
    )

    def clean_filled(self) -> Any:
        """Only a workbook, and a small one: the template itself has some twenty kilobytes."""
        checked = self.cleaned_data["filled"]
        if checked.kind != Kind.XLSX:
            raise ValidationError(_("This is no Excel workbook (.xlsx)."))
        if checked.size > 2 * MEGABYTE:
            raise ValidationError(_("This workbook is larger than 2 MB: it cannot be the template."))
        try:
            self.rows = read(checked.path)
        except Unreadable as why:
            raise ValidationError(why.args[0]) from why
        return checked
