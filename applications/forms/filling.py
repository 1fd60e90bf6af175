"""What may be typed in: in each section of the form, and as a paper that goes with it."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Field, URLField
from django.forms import modelform_factory
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from applications.choices import Section, State
from applications.forms.starting import NUMBER, clean_number, watch
from applications.models import Application, ConsentText
from applications.models.answers import FIELDS, MANY, must
from members import identifiers
from members.choices import FIELD_GROUPS, Jurisdiction, LegalForm, UnitType

EARLIEST = 1800  # no unit that could join is older


class ManyField(forms.MultipleChoiceField):
    """Several of a list of words, kept as a list."""

    widget = forms.CheckboxSelectMultiple


LONG = {"main_business", "platforms", "cap_research", "cap_service", "cap_industry", "honours", "recommender_opinion", "planned_work"}
UNITS = {
    "registered_capital": _("× 10,000"),
    "revenue": _("× 10,000"),
    "rd_spend": _("× 10,000"),
    "staff_total": _("persons"),
    "staff_rd": _("persons"),
    "patents": pgettext_lazy("number of patents or standards", "items"),
    "standards": pgettext_lazy("number of patents or standards", "items"),
}
NARROW = {
    "founded_on", "currency", "service_kind", "unit_type", "region", "seat_wanted", "main_direction", "ownership", "scale", "postcode", "nomination_kind",
}  # fmt: skip
HELP = {
    "name": _("Exactly as on the certificate."),
    "founded_on": _("For example 2012-05-30."),
    "service_kind": _("Only for service bodies."),
    "other_no": _(
        "Hong Kong: the company number (CR No.) of an older certificate; Macao: the taxpayer's number. Otherwise leave it empty."
    ),
    "host_name": _("Only for an alliance without legal personality: the legal person that signs for it."),
    "ownership": _("For mainland enterprises."),
    "nomination_kind": _("Only where a seat on the council is in mind."),
    "recommender": _("Only for a recommendation: its written opinion belongs to the attachments."),
    "specialities_other": _("Only with “other” chosen above."),
    "registered_capital": _("For enterprises; other units may state their start-up fund."),
    "representative_name": _("Should be the legal representative or a senior officer."),
    "contact_email": _("Every letter of this application also goes here."),
    "cap_research": _("At least one of the three capabilities is needed."),
}


class SectionForm(PlainText, forms.ModelForm):
    """One section of the form. As a draft it may be incomplete; what is typed must be right all the same."""

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*(AppendedText(name, UNITS[name]) if name in UNITS else name for name in self.fields))
        for name, field in self.fields.items():
            self.shape(name, field)

    def shape(self, name: str, field: forms.Field) -> None:
        """A draft may leave any field empty; what a submission demands is marked, and long texts count."""
        field.required = False
        field.must = must(name, self.instance)
        field.help_text = HELP.get(name, "")
        if name in ("jurisdiction", "reg_no") and self.instance.state != State.DRAFT:
            field.disabled = True
        if name in LONG:
            field.widget.attrs |= {"rows": 4, "data-most": self._meta.model._meta.get_field(name).max_length}
            field.widget.attrs.pop("maxlength", None)
        if name == "reg_no":
            field.widget.attrs |= NUMBER
            watch(field)
        if name in NARROW:
            field.widget.attrs["class"] = "gb-w-m"
        if isinstance(field.widget, forms.RadioSelect):
            field.choices = [choice for choice in field.choices if choice[0]]  # nothing chosen is no choice of its own
        elif isinstance(field.widget, forms.Select):
            field.choices = [(value, label if value else "—") for value, label in field.choices]

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
        day = self.cleaned_data["founded_on"]
        if day and day > clock.today():
            raise ValidationError(_("The day cannot lie ahead."))
        if day and day.year < EARLIEST:
            raise ValidationError(_("Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "reg_no" in self.fields:
            clean_number(self)
            self.refuse_another_draft()
            self.check_host()
        self.compare_staff()
        return self.cleaned_data

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

    def compare_staff(self) -> None:
        total, research = self.cleaned_data.get("staff_total"), self.cleaned_data.get("staff_rd")
        if total is not None and research is not None and research > total:
            self.add_error("staff_rd", _("No more than the staff as a whole."))


def field_for(field: Field, **options: Any) -> forms.Field:
    """An address typed without its scheme means https."""
    return field.formfield(**options, **({"assume_scheme": "https"} if isinstance(field, URLField) else {}))


class DeclarationsForm(SectionForm):
    """Each declaration with the text that is agreed to by ticking it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in ConsentText.objects.in_force(get_language() or settings.LANGUAGE_CODE):
            self.fields[text.declaration].help_text = text.text


def choices_of(name: str) -> Any:
    """The words of one list: fixed ones in the notice's groups, bodies as the rows are when they are asked for."""
    if name == "specialities":
        return [(group, [(field.value, field.label) for field in fields]) for group, fields in FIELD_GROUPS.items()]
    return lambda: MANY[name].choices


def section_form(section: Section) -> type[SectionForm]:
    """The form class of one section, its fields named."""
    names = FIELDS[section]
    own: dict[str, forms.Field] = {
        name: ManyField(choices=choices_of(name), required=False, label=capfirst(Application._meta.get_field(name).verbose_name))
        for name in names
        if name in MANY
    }
    numbers = {name: forms.TextInput(attrs={"inputmode": "decimal"}) for name in names if name in UNITS}
    dates = {name: forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2012-05-30"}) for name in names if name == "founded_on"}
    base = DeclarationsForm if section == Section.DECLARATIONS else SectionForm
    radios = {name: forms.RadioSelect for name in names if name in ("jurisdiction", "legal_form", "intent")}
    form = modelform_factory(Application, form=base, fields=names, widgets=numbers | dates | radios, formfield_callback=field_for)
    return type(f"{section.value.title()}Form", (form,), own)


SECTION_FORMS = {section: section_form(section) for section in FIELDS}
