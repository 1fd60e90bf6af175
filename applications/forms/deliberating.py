"""What may be typed in for the meeting's outcomes: for those that are ticked, from the table that came back, and their release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.files.forms import CheckedFileField
from alliance.sheets.reading import Unreadable, read
from alliance.text import PlainText
from applications import outcomes
from applications.choices import Ground, Outcome
from applications.forms.reviewing import BatchResolutionField, words
from applications.models import Batch


class OutcomeForm(PlainText, forms.Form):
    """One outcome for all that are ticked."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "---------"), *Outcome.choices])
    ground = forms.ChoiceField(label=_("Ground"), choices=[("", "---------"), *Ground.choices], required=False)
    reason = words(_("Reason, as the applicant will read it"), required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        outcome = self.cleaned_data.get("outcome")
        if outcome == Outcome.REJECTED and not self.cleaned_data.get("ground"):
            self.add_error("ground", _("What is not passed needs its ground."))
        if outcome in (Outcome.REJECTED, Outcome.DEFERRED) and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Please say why, as the applicant will read it."))
        if outcome != Outcome.REJECTED:
            self.cleaned_data["ground"] = ""
        if outcome == Outcome.PASSED:
            self.cleaned_data["reason"] = ""
        return self.cleaned_data


class ReturnedForm(forms.Form):
    """The table as it came back from the meeting."""

    file = CheckedFileField(
        label=_("The table with its outcomes (.xlsx)"), help_text=_("It is looked at first; nothing is proposed before you say so.")
    )

    def clean_file(self) -> Any:
        """Keep its lines; the file itself is not kept."""
        upload = self.cleaned_data["file"]
        try:
            if upload.kind != "xlsx":
                raise forms.ValidationError(_("Please send the table as .xlsx."))
            self.lines = outcomes.lines(read(upload.path))
        except (Unreadable, outcomes.NotThatTable) as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        finally:
            upload.path.unlink(missing_ok=True)
        return upload


class ReleaseForm(forms.Form):
    """Under which resolution of the body that decides this batch."""

    resolution = BatchResolutionField()

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolution"].offer([batch])
