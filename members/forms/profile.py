"""How the fields that describe a unit are typed in, wherever they are."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DateField, DecimalField, Field, IntegerField, URLField
from django.utils.choices import flatten_choices
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.amounts import COUNTED_IN
from members.choices import FIELD_GROUPS, Jurisdiction

if TYPE_CHECKING:
    from datetime import date

EARLIEST = 1800  # no unit that could join is older
UNITS = {name: COUNTED_IN[name] for name in ("registered_capital", "staff_total", "staff_rd")}
ABROAD = {Jurisdiction.HONG_KONG: "810000", Jurisdiction.MACAO: "820000", Jurisdiction.TAIWAN: "710000"}
SPECIALITIES = [(group, [(field.value, field.label) for field in fields]) for group, fields in FIELD_GROUPS.items()]


class ManyField(forms.MultipleChoiceField):
    """Several of a list of words, kept as a list."""

    widget = forms.CheckboxSelectMultiple


class Figure:
    """A number as people write it: with commas between the thousands, and in full-width figures."""

    def to_python(self, value: Any) -> Any:
        typed = unicodedata.normalize("NFKC", value).replace(",", "").replace(" ", "") if isinstance(value, str) else value
        return super().to_python(typed)


class WholeFigure(Figure, forms.IntegerField):
    pass


class DecimalFigure(Figure, forms.DecimalField):
    pass


DAYS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]


def field_for(field: Field, **options: Any) -> forms.Field:
    """A day and a number may be typed as the portal itself writes them; an address without its scheme means https; no text is cut off."""
    match field:
        case URLField():
            options["assume_scheme"] = "https"
        case DateField():
            options["input_formats"] = DAYS
        case DecimalField():
            options["form_class"] = DecimalFigure
        case IntegerField() if not field.choices:
            options["form_class"] = WholeFigure
    made = field.formfield(**options)
    if made and not isinstance(made.widget, forms.Textarea):
        made.widget.attrs.pop("maxlength", None)
    return made


def refuse_impossible_day(day: date | None) -> None:
    """Raise a ValidationError where no unit can have been founded on this day."""
    if day and day > clock.today():
        raise ValidationError(_("The day cannot lie ahead."))
    if day and day.year < EARLIEST:
        raise ValidationError(_("Please check the year."))


def compare_staff(form: forms.Form) -> None:
    """Told at the second of the two."""
    total, research = form.cleaned_data.get("staff_total"), form.cleaned_data.get("staff_rd")
    if total is not None and research is not None and research > total:
        form.add_error("staff_rd", _("No more than the staff as a whole."))


POSTCODES = {
    Jurisdiction.MAINLAND: (re.compile(r"\d{6}", re.ASCII), _("Six figures.")),
    Jurisdiction.TAIWAN: (re.compile(r"\d{3}|\d{5,6}", re.ASCII), _("Three, five or six figures.")),
}


def check_postcode(form: forms.Form, jurisdiction: str) -> None:
    """As the post of the place writes it; full-width figures are figures, too."""
    code = unicodedata.normalize("NFKC", form.cleaned_data.get("postcode") or "").strip()
    if code and jurisdiction in POSTCODES:
        written, said = POSTCODES[Jurisdiction(jurisdiction)]
        form.cleaned_data["postcode"] = code
        if not written.fullmatch(code):
            form.add_error("postcode", said)


def compare_directions(form: forms.Form) -> None:
    """Told where the main direction is ticked once more."""
    main = form.cleaned_data.get("main_direction")
    if main and main in (form.cleaned_data.get("related_directions") or ()):
        form.add_error("related_directions", _("The main direction is not named again among the related ones."))


def narrow_regions(field: forms.ChoiceField, jurisdiction: str) -> None:
    """Who is registered outside the mainland is there and nowhere else."""
    if jurisdiction in ABROAD:
        field.choices = [(value, label) for value, label in flatten_choices(field.choices) if value == ABROAD[jurisdiction]]
