"""What may be typed in to give one applicant longer: whose, for which batch, until when, why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from applications.choices import State
from applications.models import Application, Batch, Extension
from members.identifiers import normalise


class ExtensionForm(PlainText, forms.ModelForm):
    """A draft is nobody's but the applicant's: it is named by the number and the account that they tell the office."""

    reg_no = forms.CharField(label=_("Registration number"), max_length=40)
    email = forms.EmailField(label=_("The applicant's account (e-mail)"))
    last_day = forms.DateField(
        label=_("New last day"),
        validators=[MaxValueValidator(date(2100, 1, 1))],
        widget=forms.DateInput(attrs={"placeholder": "2020-12-12"}),
        help_text=_("Until 24:00 of this day, Beijing time."),
    )

    class Meta:
        model = Extension
        fields = ("batch", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "batch" in self.fields:
            self.fields["batch"].queryset = Batch.objects.exclude(closes_at=None).order_by("-number")

    def clean(self) -> dict[str, Any]:
        super().clean()
        number, email = normalise(self.cleaned_data.get("reg_no", "")), self.cleaned_data.get("email", "")
        draft = Application.objects.filter(state=State.DRAFT, reg_no=number, applicant__email__iexact=email).first()
        if number and email and draft is None:
            self.add_error("reg_no", _("There is no draft of this account under this number."))
        self.cleaned_data["application"] = draft
        if day := self.cleaned_data.get("last_day"):
            self.cleaned_data["until"] = clock.midnight(day + timedelta(days=1))
            self.refuse_early(self.cleaned_data["until"])
        return self.cleaned_data

    def refuse_early(self, until: Any) -> None:
        """A longer deadline lies ahead, and after that of the batch."""
        batch = self.cleaned_data.get("batch")
        if until <= clock.now() or (batch and until <= batch.closes_at):
            self.add_error("last_day", _("The new date has to lie ahead, and after the deadline of the batch."))
