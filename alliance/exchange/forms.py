"""What may be typed at the counter: a file, or in which form rows leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance.exchange import table
from alliance.text import PlainText


class TableForm(forms.Form):
    """A table to be taken over; its cleaned value is what was read."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_(
            ".xlsx, .xls or .csv (UTF-8 or GB18030), at most 10 MB and 20,000 rows. Nothing is written before you have seen what would change."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def clean_file(self) -> table.Table:
        return table.read(self.cleaned_data["file"])


class ExportForm(PlainText, forms.Form):
    """Which version, and in which form."""

    version = forms.ChoiceField(
        label=_("Version"),
        choices=[("public", _("Without mobile numbers and addresses")), ("internal", _("Internal, with mobile numbers and addresses"))],
        initial="public",
        widget=forms.RadioSelect,
    )
    form = forms.ChoiceField(
        label=_("Format"),
        choices=[("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("CSV (UTF-8)"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )

    extent = forms.ChoiceField(
        label=_("Columns"),
        choices=[("usual", _("The columns of the table")), ("whole", _("All columns of the register"))],
        initial="usual",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, has_internal: bool, has_more: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_internal:
            self.fields["version"].choices = self.fields["version"].choices[:1]
        if not has_more:
            del self.fields["extent"]

    def clean(self) -> dict[str, Any]:
        """Whether every column leaves."""
        return self.cleaned_data | {"extent": self.cleaned_data.get("extent") == "whole"}

    def clean_version(self) -> bool:
        """Whether it is the internal one."""
        if self.cleaned_data["version"] not in dict(self.fields["version"].choices):
            raise ValidationError(_("This version is not yours to export."))
        return self.cleaned_data["version"] == "internal"
