"""Of which day, batch and term the pack is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from applications.models import Batch
from members.models import Term


class PackForm(PlainText, forms.Form):
    """The day is today or an earlier one; the batch was closed by then."""

    on = forms.DateField(
        label=_("Data as of the end of"),
        help_text=_("Today, or any earlier day: the register, the seats and the batch stand as they stood then."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2020-12-31"}),
    )
    batch = forms.ModelChoiceField(label=_("Batch"), queryset=Batch.objects.none())
    term = forms.ModelChoiceField(label=_("Term of the council"), queryset=Term.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = Batch.objects.exclude(closed_at=None)
        self.fields["term"].queryset = Term.objects.all()

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        batch, day = self.cleaned_data.get("batch"), self.cleaned_data.get("on")
        if batch and day and batch.closed_at.astimezone(clock.SHANGHAI).date() > day:
            closed = batch.closed_at.astimezone(clock.SHANGHAI).date().isoformat()
            self.add_error("on", _("The batch was closed on %(day)s only: choose that day or a later one.") % {"day": closed})
        return self.cleaned_data
