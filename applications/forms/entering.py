"""What may be typed in when the office enters an application on a unit's behalf, and when the unit takes it over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from applications.forms.starting import StartForm
from applications.models import Application, Batch, OnBehalf


class EntryForm(PlainText, forms.ModelForm):
    """How and when it came in, and under which number, read as on the page where applicants start."""

    jurisdiction, reg_no, has_no_number = (StartForm.base_fields[name] for name in ("jurisdiction", "reg_no", "has_no_number"))

    class Meta:
        model = OnBehalf
        fields = ("channel", "received_at", "note")
        help_texts = {
            "received_at": _("Beijing time. It decides the batch: the one that was open at this moment, even if it is closed by now."),
            "note": _("For example the courier's number, or who handed it in; no private data."),
        }

    by: Any = None  # who types it in

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, label in zip(
            getattr(self.fields["received_at"].widget, "widgets", ()), (_("Day received"), _("Time received")), strict=False
        ):
            part.attrs["aria-label"] = label  # the admin asks for day and time apart
        self.fields["has_no_number"].label = _("An alliance by contract, without a registration of its own")

    def clean_received_at(self) -> Any:
        moment = self.cleaned_data["received_at"]
        if moment > clock.now():
            raise ValidationError(_("This lies ahead: please type in when it was received."))
        if not Batch.objects.accepting(moment).exists():
            raise ValidationError(_("No batch was open at this moment."))
        return moment

    def clean(self) -> dict[str, Any]:
        """The number exactly as StartForm reads it; and not twice by the same hand."""
        super().clean()
        start = StartForm({name: self.data.get(self.add_prefix(name), "") for name in StartForm.base_fields})
        start.is_valid()
        for name in ("jurisdiction", "reg_no", "has_no_number"):
            for error in start.errors.get(name, ()):
                self.add_error(name, error)
        number, place = start.cleaned_data.get("reg_no", ""), start.cleaned_data.get("jurisdiction", "")
        if number and Application.objects.drafts_of(self.by, place, number).exists():
            self.add_error("reg_no", _("You have another draft with this number."))
        self.cleaned_data |= {name: start.cleaned_data[name] for name in ("jurisdiction", "reg_no") if name in start.cleaned_data}
        return self.cleaned_data


class ClaimForm(PlainText, forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("Claim code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "gb-code gb-w-m", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Ten characters, from the letter of the office; the dash may be left out."),
    )
