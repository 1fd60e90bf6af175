"""What may be typed in to start an application: the place of registration, and the number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from members import identifiers
from members.choices import Jurisdiction

NUMBER = {"autocapitalize": "characters", "spellcheck": "false", "class": "gb-code"}
WATCHED = {
    "hx-get": reverse_lazy("applications:number"),
    "hx-trigger": "input changed delay:800ms, "
    + ", ".join(f"change delay:400ms from:{other}" for other in ("input[name=jurisdiction]", "#id_name", "#id_region")),
    "hx-include": "input[name=jurisdiction], #id_name, #id_region",
    "hx-target": "#id_reg_no_said",
    "hx-sync": "this:replace",
}  # the other answers stay on the page: what is asked in an address stands in logs


def watch(field: forms.Field) -> None:
    """What the portal says about a number stands beneath its field: when the page comes, and while it is typed."""
    field.beneath = "applications/number.html"
    if not field.disabled:
        field.widget.attrs |= WATCHED


def clean_number(form: forms.Form) -> None:
    """Normalise and check the registration number of a form that has one, and say at the field what is wrong with it."""
    number = identifiers.normalise(form.cleaned_data.get("reg_no", ""))
    jurisdiction = form.cleaned_data.get("jurisdiction") or getattr(getattr(form, "instance", None), "jurisdiction", "")
    if not number or not jurisdiction:
        return
    form.cleaned_data["reg_no"] = number
    try:
        identifiers.check(jurisdiction, number)
    except ValidationError as wrong:
        form.add_error("reg_no", wrong)


class StartForm(PlainText, forms.Form):
    """Who applies: the place of registration and the number come first."""

    jurisdiction = forms.ChoiceField(
        label=_("Place of registration"), choices=Jurisdiction, widget=forms.RadioSelect, initial=Jurisdiction.MAINLAND
    )
    reg_no = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_(
            "Mainland: the 18-character Unified Social Credit Code. Hong Kong: the 8 digits of the BRN. Macao: number and (SO). Taiwan: the 8 digits of the UBN."
        ),
    )

    has_no_number = forms.BooleanField(
        label=_("We are an alliance by contract, without a registration of our own"),
        required=False,
        help_text=_("Then the number stays empty: the alliance is given one here, and names the legal person that hosts it."),
    )

    department = forms.CharField(
        label=_("Participating department"),
        max_length=60,
        required=False,
        help_text=_("Only where you act for a part of it, for example a college of a university."),
    )

    invitation = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        watch(self.fields["reg_no"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        number, has_none = self.cleaned_data.get("reg_no"), self.cleaned_data.get("has_no_number")
        if not number and not has_none:
            self.add_error("reg_no", _("The registration number comes first."))
        if number and has_none:
            self.add_error("has_no_number", _("There is a number above: please leave one of the two empty."))
        if has_none and self.cleaned_data.get("jurisdiction") != Jurisdiction.MAINLAND:
            self.add_error(
                "has_no_number", _("Only alliances of the mainland are given a number here; others apply with their registration.")
            )
        clean_number(self)
        return self.cleaned_data
