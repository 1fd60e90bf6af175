"""What may be typed in: in each section of the form, and as a paper that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.channels.numbers import refuse_telephone
from alliance.text import PlainText
from applications.choices import Section
from applications.drafting import Shown
from applications.forms.starting import NUMBER, clean_number, watch
from applications.models import Application, ConsentText
from applications.models.answers import FIELDS, MANY, applies, called, must
from members import identifiers
from members.amounts import COUNTED_IN, unit_of
from members.choices import Jurisdiction, LegalForm, UnitType
from members.forms import profile
from members.regions import BUREAUX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString


LONG = {"main_business", "platforms", "cap_research", "cap_service", "cap_industry", "honours", "recommender_opinion", "planned_work"}
UNITS = COUNTED_IN
NARROW = {
    "founded_on", "currency", "service_kind", "unit_type", "region", "seat_wanted", "main_direction", "ownership", "scale", "postcode", "nomination_kind",
}  # fmt: skip
HOMES = {Jurisdiction.MAINLAND: "CN", Jurisdiction.HONG_KONG: "HK", Jurisdiction.MACAO: "MO", Jurisdiction.TAIWAN: "TW"}
HELP_AT = {
    ("contact_phone", Jurisdiction.HONG_KONG): _("Eight digits; +852 may stand before them."),
    ("contact_phone", Jurisdiction.MACAO): _("Eight digits; +853 may stand before them."),
    ("contact_phone", Jurisdiction.TAIWAN): _("Such as 02-0000 0000 or 09 and eight digits; +886 may stand before them."),
    ("legal_representative", Jurisdiction.HONG_KONG): _("Who signs the form for the unit. Signature and/or chop."),
    ("legal_representative", Jurisdiction.MACAO): _("Who signs the form for the unit. Signature and/or chop."),
    ("legal_representative", Jurisdiction.TAIWAN): _("As registered. Signature and/or chop."),
    ("other_no", Jurisdiction.HONG_KONG): _("The company number (CR No.) of an older certificate, if there is one."),
    ("other_no", Jurisdiction.MACAO): _("The taxpayer's number, if there is one."),
}
HELP = {
    "name": _("Exactly as on the certificate."),
    "founded_on": _("For example 2012-05-30."),
    "host_name": _("The legal person that signs for the alliance."),
    "recommender": _(
        "A unit, or the science and technology bureau of a city. It confirms by a code, or its written opinion belongs to the attachments."
    ),
    "contact_phone": _("A mobile number, for urgent matters and codes by SMS."),
    "legal_representative": _("As on the certificate; no identity number is asked for."),
    "representative_name": _("Should be the legal representative or a senior officer."),
    "contact_email": _("Every letter of this application also goes here."),
    "cap_research": _("At least one of the three capabilities is needed."),
}


class Suggested(forms.TextInput):
    """A line to type in, with names that may be chosen."""

    def __init__(self, names: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.names = names

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        key = f"{name}_suggested"
        listed = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.names))
        typed = super().render(name, value, (attrs or {}) | {"list": key}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', typed, key, listed)


class SectionForm(PlainText, forms.ModelForm):
    """One section of the form. As a draft it may be incomplete; what is typed must be right all the same.

    Every field is there; one that is not asked of such a unit (`field.asked`) is hidden, and its answer is not submitted. In a
    correction only the fields that the office named are open (`opens`), each with its defect beside it.
    """

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, opens: set[str] | None = None, defects: dict[str, list[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opens, self.defects = opens, defects or {}
        self.helper.layout = Layout(*map(self.drawn, self.fields))
        for name, field in self.fields.items():
            self.shape(name, field)

    def drawn(self, name: str) -> Any:
        """With its unit beside it, if it has one."""
        unit = unit_of(name, UNITS, self.instance.currency)
        return AppendedText(name, unit) if unit else name

    def shape(self, name: str, field: forms.Field) -> None:
        """A draft may leave any field empty; what a submission demands is marked, and long texts count."""
        field.required = False
        field.label = called(name, self.instance)
        field.must, field.asked = must(name, self.instance), applies(name, self.instance)
        field.help_text = HELP_AT.get((name, self.instance.jurisdiction), HELP.get(name, ""))
        field.disabled = self.is_closed(name)
        field.defects = self.defects.get(name, [])
        if name == "region":
            profile.narrow_regions(field, self.instance.jurisdiction)
        if name in LONG:
            field.widget.attrs |= {"rows": 4, "data-most": self._meta.model._meta.get_field(name).max_length}
            field.widget.attrs.pop("maxlength", None)
        if name == "reg_no":
            field.widget.attrs |= NUMBER
            watch(field)
        if name == "recommender":
            field.widget = Suggested(BUREAUX.values(), field.widget.attrs)
        if name in NARROW:
            field.widget.attrs["class"] = "gb-w-m"
        if isinstance(field.widget, forms.RadioSelect):
            field.choices = [choice for choice in field.choices if choice[0]]  # nothing chosen is no choice of its own
        elif isinstance(field.widget, forms.Select):
            field.choices = [(value, label if value else "—") for value, label in field.choices]

    def is_closed(self, name: str) -> bool:
        """Number and place stand once it was submitted; in a correction everything else that was not named, too."""
        if name in ("jurisdiction", "reg_no") and self.instance.submitted_at:
            return True
        return self.opens is not None and name not in self.opens

    def shown(self, instance: Application) -> dict[str, Shown]:
        """The answers of `instance` as this form posts them."""
        return {name: as_posted(field.prepare_value(self.value_of(instance, name)), field.widget) for name, field in self.fields.items()}

    def value_of(self, instance: Application, name: str) -> Any:
        return self._meta.model._meta.get_field(name).value_from_object(instance)

    def typed(self) -> dict[str, Shown]:
        """What is on the screen, field by field."""
        return {name: as_typed(self.data, name, field.widget) for name, field in self.fields.items() if not field.disabled}

    def clean_legal_form(self) -> str:
        """Told at once, not after ten pages: only legal persons may join (notice; Civil Code, article 57)."""
        form = self.cleaned_data["legal_form"]
        is_hosted = form == LegalForm.UNINCORPORATED and self.cleaned_data.get("unit_type") == UnitType.ALLIANCE
        if form and form != LegalForm.LEGAL_PERSON and not is_hosted:
            raise ValidationError(
                _(
                    "Only legal persons registered under the law may join. A branch or partnership applies through the legal person behind it; an alliance by contract names its host unit."
                )
            )
        return form

    def clean_founded_on(self) -> Any:
        profile.refuse_impossible_day(self.cleaned_data["founded_on"])
        return self.cleaned_data["founded_on"]

    def clean_telephone(self, name: str) -> None:
        """As people write one in the place of registration."""
        try:
            if self.cleaned_data.get(name):
                refuse_telephone(self.cleaned_data[name], HOMES[self.instance.jurisdiction])
        except ValidationError as wrong:
            self.add_error(name, wrong)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in {"representative_phone", "contact_phone"} & self.fields.keys():
            self.clean_telephone(name)
        for name in LONG & self.cleaned_data.keys():
            self.cleaned_data[name] = self.cleaned_data[name].replace("\r\n", "\n")
        if "reg_no" in self.fields:
            clean_number(self)
            self.refuse_another_draft()
            self.check_host()
        profile.compare_staff(self)
        self.compare_open()
        return self.cleaned_data

    def compare_open(self) -> None:
        """What cannot be typed in now is not found fault with."""
        if "postcode" in self.fields and not self.fields["postcode"].disabled:
            profile.check_postcode(self, self.cleaned_data.get("jurisdiction", ""))
        if "related_directions" in self.fields and not self.fields["related_directions"].disabled:
            profile.compare_directions(self)

    def refuse_another_draft(self) -> None:
        """The number cannot be left empty, nor be that of another draft of the same person."""
        number, jurisdiction = self.cleaned_data.get("reg_no"), self.cleaned_data.get("jurisdiction")
        if not number and "reg_no" not in self.errors:
            self.add_error("reg_no", _("The registration number is needed to keep this draft apart."))
        elif Application.objects.drafts_of(self.instance.applicant, jurisdiction, number).exclude(pk=self.instance.pk).exists():
            self.add_error("reg_no", _("You have another draft with this number."))

    def check_host(self) -> None:
        """The host is a legal person of the mainland: its number is a credit code."""
        number = identifiers.normalise(self.cleaned_data.get("host_no") or "")
        self.cleaned_data["host_no"] = number
        try:
            if number:
                identifiers.check(Jurisdiction.MAINLAND, number)
        except ValidationError as wrong:
            self.add_error("host_no", wrong)


def as_posted(value: Any, widget: forms.Widget) -> Shown:
    """An answer as a form posts it; empty ones are nothing."""
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if value else ()
    texts = value if isinstance(value, list) else [value if isinstance(widget, forms.widgets.ChoiceWidget) else widget.format_value(value)]
    return tuple(str(text).replace("\r\n", "\n") for text in texts if text not in (None, ""))


def as_typed(data: Any, name: str, widget: forms.Widget) -> Shown:
    """The same of what was posted; whoever ticks a box means yes, whatever its value is called."""
    texts = data.getlist(name) if hasattr(data, "getlist") else [data[name]] if data.get(name) else []
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if any(text not in ("", "false", "False") for text in texts) else ()
    return tuple(str(text).replace("\r\n", "\n") for text in texts if text not in (None, ""))


class DeclarationsForm(SectionForm):
    """Each declaration with the text that is agreed to by ticking it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in ConsentText.objects.in_force(get_language() or settings.LANGUAGE_CODE):
            self.fields[text.declaration].help_text = text.text


def choices_of(name: str) -> Any:
    """The words of one list: fixed ones in the notice's groups, bodies as the rows are when they are asked for."""
    if name == "specialities":
        return profile.SPECIALITIES
    return lambda: MANY[name].choices


def section_form(section: Section) -> type[SectionForm]:
    """The form class of one section, its fields named."""
    names = FIELDS[section]
    own: dict[str, forms.Field] = {
        name: profile.ManyField(choices=choices_of(name), required=False, label=capfirst(Application._meta.get_field(name).verbose_name))
        for name in names
        if name in MANY
    }
    numbers = {name: forms.TextInput(attrs={"inputmode": "decimal"}) for name in names if name in UNITS}
    dates = {name: forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2012-05-30"}) for name in names if name == "founded_on"}
    base = DeclarationsForm if section == Section.DECLARATIONS else SectionForm
    radios = {name: forms.RadioSelect for name in names if name in ("jurisdiction", "legal_form", "intent")}
    form = modelform_factory(Application, form=base, fields=names, widgets=numbers | dates | radios, formfield_callback=profile.field_for)
    return type(f"{section.value.title()}Form", (form,), own)


SECTION_FORMS = {section: section_form(section) for section in FIELDS}
