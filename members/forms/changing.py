"""What a unit may type in to change what the register holds of it."""

from __future__ import annotations

import json
from copy import copy
from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.files.forms import CheckedPapersField, bounds
from alliance.text import PlainText
from members import identifiers
from members.amounts import unit_of
from members.choices import Demand, LegalForm
from members.forms import profile
from members.models import ChangeRequest, MemberUnit, Organisation
from members.models.demand import LABELS, REPRESENTATIVE, demands
from members.models.profile import SEVERAL, must
from members.models.request import as_json, in_words, value_in

if TYPE_CHECKING:
    from collections.abc import Iterable

PERSON = {"name": "representative_name", "post": "representative_post", "email": "representative_email"}
SECTIONS = {
    _("Registration"): (
        "name", "name_en", "short_name", "reg_no", "other_no", "unit_type", "service_kind", "legal_form", "ownership", "scale", "founded_on",
        "registered_capital", "currency", "legal_representative",
    ),
    _("Place and address"): ("region", "registered_address", "postal_address", "postcode", "website"),
    _("Business and capability"): (
        "main_business", "chain_position", "specialities", "specialities_other", "main_direction", "related_directions", "staff_total", "staff_rd",
    ),
    _("Member representative"): (*PERSON.values(),),
}  # fmt: skip
SHORT = {"founded_on", "currency", "unit_type", "service_kind", "legal_form", "ownership", "scale", "region", "main_direction", "postcode"}
SAID = {
    Demand.AT_ONCE: _("Changes at once."),
    Demand.ASKED: _("The office decides."),
    Demand.PROVEN: _("The office decides; a paper that proves it goes with it."),
    Demand.OFFICE: _("Only the office changes this."),
}
NEVER_EMPTY = _("This cannot be empty.")
ASKED_ALREADY = _("A change request is open. Withdraw it first, or put back what stood here; the rest can be changed now.")


class ChangeForm(PlainText, forms.ModelForm):
    """Everything that the register holds, as it stands; what differs from what was shown is the change."""

    representative_name = forms.CharField(label=pgettext_lazy("of a representative", "Name"), max_length=60, required=False)
    representative_post = forms.CharField(label=pgettext_lazy("of a representative", "Post"), max_length=60, required=False)
    representative_email = forms.EmailField(
        label=_("E-mail of the new representative"),
        max_length=254,
        required=False,
        help_text=_("Only where the person acts for the unit in the portal already: the account is then the representative's."),
    )
    words = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    papers = CheckedPapersField(label=_("Papers that prove it"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, unit: MemberUnit, **kwargs: Any) -> None:
        self.unit, self.table = unit, demands()
        self.present = {name: value_in(unit, name) for name in LABELS}
        person = self.present[REPRESENTATIVE]
        first = {"representative_name": person.get("name", ""), "representative_post": person.get("post", "")}
        super().__init__(*args, instance=Organisation(**shown(unit.organisation)), initial=first, **kwargs)
        for name in self.fields.keys() - {"words", "papers", "seen"}:
            self.shape(name, self.fields[name])
        self.fields["papers"].help_text = (
            _("For example the new licence, a notice of the registry, or the unit's sealed letter.") + bounds()
        )
        self.initial["seen"] = json.dumps(self.present, ensure_ascii=False)
        self.helper.layout = Layout(
            *(Fieldset(head, *map(self.drawn, names)) for head, names in SECTIONS.items()),
            Fieldset(_("About this request"), "words", "papers"),
            "seen",
        )

    def drawn(self, name: str) -> Any:
        """With its unit beside it, if it has one."""
        unit = unit_of(name, profile.UNITS, self.unit.organisation.currency)
        return AppendedText(name, unit) if unit else name

    def shape(self, name: str, field: forms.Field) -> None:
        """Each says what it demands."""
        demand = self.table[REPRESENTATIVE if name in PERSON.values() else name]
        field.required, field.disabled = False, demand == Demand.OFFICE
        field.help_text = field.help_text or SAID[demand]
        if name == "region":
            profile.narrow_regions(field, self.unit.organisation.jurisdiction)
        if name in SHORT:
            field.widget.attrs["class"] = "gb-w-m"
        if isinstance(field.widget, forms.Select):
            field.choices = [(value, label if value else "—") for value, label in field.choices]

    def clean_name(self) -> str:
        return self.cleaned_data["name"].strip() or self.never_empty()

    def clean_reg_no(self) -> str:
        number = identifiers.normalise(self.cleaned_data["reg_no"])
        identifiers.check(self.unit.organisation.jurisdiction, number or self.never_empty())
        return number

    def clean_legal_form(self) -> str:
        """A member that is no legal person any more is no member (notice; Civil Code, article 57)."""
        form = self.cleaned_data["legal_form"]
        if form != self.present["legal_form"] and form != LegalForm.LEGAL_PERSON:
            raise ValidationError(_("Member units are legal persons: please write to the office about this."))
        return form

    def never_empty(self) -> str:
        raise ValidationError(NEVER_EMPTY)

    def clean_founded_on(self) -> Any:
        profile.refuse_impossible_day(self.cleaned_data["founded_on"])
        return self.cleaned_data["founded_on"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.refuse_emptied()
        self.compare()
        self.changed = self.differing() if not self.errors else {}
        self.refuse_asking_twice()
        self.demand_papers()
        if not self.errors and not self.changed:
            raise ValidationError(_("Nothing differs from what the register says."), code="same")
        return self.cleaned_data

    def refuse_emptied(self) -> None:
        """What every such unit answers when it applies stays answered; what the register never held stops nobody."""
        given = {
            name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data and not self.fields[name].disabled
        }
        then = copy(self.instance)
        for name, value in given.items():
            setattr(then, name, value)
        for name, value in given.items():
            is_missed = self.present[name] not in ("", []) or not must(name, self.instance)
            if value in (None, "", []) and must(name, then) and is_missed:
                self.add_error(name, NEVER_EMPTY)
        for part in ("name", "post"):
            if self.present[REPRESENTATIVE].get(part) and not self.cleaned_data.get(PERSON[part]) and PERSON[part] not in self.errors:
                self.add_error(PERSON[part], NEVER_EMPTY)

    def compare(self) -> None:
        """Only what was touched is compared: what the register held before does not stand in the way of another change."""
        touched = {name for name in self._meta.fields if name in self.cleaned_data and self.is_touched(name)}
        if touched & {"staff_total", "staff_rd"}:
            self.compare_staff()
        if "postcode" in touched:
            profile.check_postcode(self, self.unit.organisation.jurisdiction)
        if touched & {"main_direction", "related_directions"}:
            profile.compare_directions(self)

    def is_touched(self, name: str) -> bool:
        return as_json(name, self.cleaned_data[name]) != self.present[name]

    def compare_staff(self) -> None:
        """Who counts those in research counts them all."""
        profile.compare_staff(self)
        said = self.cleaned_data
        if said.get("staff_rd") is not None and "staff_total" in said and said["staff_total"] is None:
            self.add_error("staff_total", _("Please give the staff as a whole, too."))

    def refuse_asking_twice(self) -> None:
        """Told at each field that would be asked for while a request is open; whatever was typed stays."""
        asked = [name for name in self.changed if self.table[name] != Demand.AT_ONCE]
        if asked and ChangeRequest.objects.filter(unit=self.unit).to_decide().exists():
            for name in asked:
                self.add_error(field_of(name), ASKED_ALREADY)

    def demand_papers(self) -> None:
        proven = [name for name in self.changed if self.table[name] == Demand.PROVEN and field_of(name) not in self.errors]
        if proven and not self.cleaned_data.get("papers"):
            named = "、".join(capfirst(str(LABELS[name])) for name in proven)
            self.add_error("papers", _("Please add a paper that proves it: %(fields)s.") % {"fields": named})

    def differing(self) -> dict[str, Any]:
        """What was changed here, as JSON keeps it; told at its field where the register has changed meanwhile."""
        before, changed = self.was_shown(), {}
        for name, new in self.typed().items():
            if new == before[name]:
                continue
            if self.present[name] not in (before[name], new):
                self.add_error(
                    field_of(name),
                    _("Changed meanwhile to “%(now)s”. Please look at it again.") % {"now": in_words(name, self.present[name])},
                )
            changed[name] = new
        return changed

    def was_shown(self) -> dict[str, Any]:
        """What the page showed when it was opened; what cannot be read counts as what is there now."""
        try:
            said = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            said = {}
        return self.present | ({name: value for name, value in said.items() if name in LABELS} if isinstance(said, dict) else {})

    def typed(self) -> dict[str, Any]:
        """What stands on the screen; a representative is one thing."""
        values = {name: as_json(name, self.cleaned_data[name]) for name in self._meta.fields if not self.fields[name].disabled}
        person = {name: self.cleaned_data[field].strip() for name, field in PERSON.items()}
        if self.fields[PERSON["name"]].disabled or not person["name"]:
            return values
        known = {name: person[name] for name in ("name", "post")}
        return values | {REPRESENTATIVE: known if known == self.present[REPRESENTATIVE] else person}

    def _post_clean(self) -> None:
        """Nothing is written into the instance: what differs is asked for."""


def field_of(name: str) -> str:
    """Where something is told about what the register holds: a representative is told at the name."""
    return PERSON["name"] if name == REPRESENTATIVE else name


def shown(organisation: Organisation) -> dict[str, Any]:
    """A copy of the register's values: the form never touches the row."""
    return {name: getattr(organisation, name) for name in (*LABELS, "jurisdiction") if name != REPRESENTATIVE}


def change_form() -> type[ChangeForm]:
    """The form class, its fields named."""
    names = [name for name in LABELS if name != REPRESENTATIVE]
    own: dict[str, forms.Field] = {
        name: profile.ManyField(choices=choices_of(name), required=False, label=capfirst(LABELS[name])) for name in SEVERAL
    }
    numbers = {name: forms.TextInput(attrs={"inputmode": "decimal"}) for name in profile.UNITS}
    dates = {"founded_on": forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2012-05-30"})}
    long = {"main_business": forms.Textarea(attrs={"rows": 4})}
    form = modelform_factory(
        Organisation, form=ChangeForm, fields=names, widgets=numbers | dates | long, formfield_callback=profile.field_for
    )
    return type("ChangeForm", (form,), own)


def choices_of(name: str) -> Iterable[Any]:
    return profile.SPECIALITIES if name == "specialities" else SEVERAL[name].choices


UNIT_FORM = change_form()
