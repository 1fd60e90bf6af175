"""What a unit types in to choose who sees what of it, and to leave the alliance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.forms import CheckedPapersField, bounds
from alliance.text import PlainText
from members.choices import Audience
from members.models import MemberUnit
from members.models.demand import LABELS
from members.models.disclosure import USUAL, audiences

LATEST = 2  # years ahead


class VisibilityForm(PlainText, forms.Form):
    """A choice for each field that is the unit's to show or not."""

    def __init__(self, *args: Any, unit: MemberUnit, **kwargs: Any) -> None:
        now = audiences(unit)
        self.base_fields = {
            name: forms.ChoiceField(label=capfirst(str(LABELS[name])), choices=Audience, initial=now[name], widget=forms.RadioSelect)
            for name in USUAL
        }
        super().__init__(*args, **kwargs)


class LeavingForm(PlainText, forms.Form):
    """Why, from which day on, and that it is meant."""

    effective_on = forms.DateField(
        label=_("Leaves on"), widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2026-12-31", "class": "gb-w-m"})
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    papers = CheckedPapersField(label=_("The unit's letter, with its seal"), required=False)
    is_meant = forms.BooleanField(label=_("We know that seat, votes and places in branches and working groups end on that day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].help_text = _("It may also come by post.") + bounds()

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        if day < clock.today():
            raise ValidationError(_("Today or later, please."))
        if day.year > clock.today().year + LATEST:
            raise ValidationError(_("Please check the year."))
        return day
