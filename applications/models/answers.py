"""What an application says: the form's fields, and which of them must be answered."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from applications.choices import Currency, Intent, SeatWanted, Section, Task
from members import regions
from members.choices import ChainPosition, Direction, Jurisdiction, LegalForm, ServiceKind, UnitType

NOT_NEGATIVE = [MinValueValidator(0)]
MANY = {"chain_position": ChainPosition, "related_directions": Direction, "tasks": Task}  # several of a list of words


class Answers(models.Model):
    """The fields of the application form (the notice's conditions; common membership forms of alliances)."""

    # the unit
    name = models.CharField(_("name (in full)"), max_length=120, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    jurisdiction = models.CharField(_("place of registration"), max_length=12, choices=Jurisdiction, default=Jurisdiction.MAINLAND)
    reg_no = models.CharField(_("registration number"), max_length=40)
    unit_type = models.CharField(_("type of unit"), max_length=20, choices=UnitType, blank=True)
    service_kind = models.CharField(_("kind of service"), max_length=20, choices=ServiceKind, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=16, choices=LegalForm, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    registered_capital = models.DecimalField(
        _("registered capital"), max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CNY)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    region = models.CharField(_("region"), max_length=6, choices=regions.CHOICES, blank=True)
    registered_address = models.CharField(_("registered address"), max_length=200, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=200, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)

    # contacts
    representative_name = models.CharField(_("proposed representative: name"), max_length=60, blank=True)
    representative_post = models.CharField(_("proposed representative: post"), max_length=60, blank=True)
    representative_phone = models.CharField(_("proposed representative: telephone"), max_length=30, blank=True)
    representative_email = models.EmailField(_("proposed representative: e-mail"), blank=True)
    contact_name = models.CharField(_("liaison officer: name"), max_length=60, blank=True)
    contact_post = models.CharField(_("liaison officer: department and post"), max_length=60, blank=True)
    contact_phone = models.CharField(_("liaison officer: mobile"), max_length=30, blank=True)
    contact_email = models.EmailField(_("liaison officer: e-mail"), blank=True)

    # business and capability
    main_business = models.TextField(_("main business or research"), max_length=500, blank=True)
    chain_position = models.JSONField(_("position on the industry chain"), default=list, blank=True)
    main_direction = models.CharField(_("main direction"), max_length=16, choices=Direction, blank=True)
    related_directions = models.JSONField(_("related directions"), default=list, blank=True)
    staff_total = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    staff_rd = models.PositiveIntegerField(_("research and development staff"), null=True, blank=True)
    cap_research = models.TextField(_("research capability"), max_length=800, blank=True)
    cap_service = models.TextField(_("service capability"), max_length=800, blank=True)
    cap_industry = models.TextField(_("conditions for industrialisation"), max_length=800, blank=True)
    honours = models.TextField(_("projects and honours"), max_length=500, blank=True)

    # intent
    intent = models.CharField(_("way of taking part"), max_length=10, choices=Intent, blank=True)
    seat_wanted = models.CharField(_("seat in mind"), max_length=12, choices=SeatWanted, default=SeatWanted.MEMBER)
    tasks = models.JSONField(_("tasks the unit would undertake"), default=list, blank=True)
    planned_work = models.TextField(_("work the unit would undertake"), max_length=500, blank=True)

    # declarations
    declares_true = models.BooleanField(_("everything stated is true"), default=False)
    accepts_charter = models.BooleanField(_("the unit will keep the alliance's charter"), default=False)
    told_persons = models.BooleanField(_("the persons named know and agree"), default=False)

    class Meta:
        abstract = True

    def in_words(self, name: str) -> str:
        """One answer as a reader reads it; nothing where nothing was answered."""
        value = getattr(self, name)
        if name in MANY:
            return pgettext("list", ", ").join(str(MANY[name](each).label) for each in value)
        if isinstance(value, bool):
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        if isinstance(value, Decimal):
            return f"{value:,.2f}".rstrip("0").rstrip(".")
        return str(getattr(self, f"get_{name}_display", lambda: "" if value is None else value)())

    @classmethod
    def label(cls, name: str) -> str:
        """What a field is called."""
        return capfirst(str(cls._meta.get_field(name).verbose_name))


FIELDS = {
    Section.UNIT: (
        "name", "name_en", "short_name", "jurisdiction", "reg_no", "unit_type", "service_kind", "legal_form", "founded_on", "registered_capital", "currency",
        "legal_representative", "region", "registered_address", "postal_address", "website",
    ),
    Section.CONTACTS: (
        "representative_name", "representative_post", "representative_phone", "representative_email", "contact_name", "contact_post", "contact_phone", "contact_email",
    ),
    Section.CAPABILITY: (
        "main_business", "chain_position", "main_direction", "related_directions", "staff_total", "staff_rd", "cap_research", "cap_service", "cap_industry", "honours",
    ),
    Section.INTENT: ("intent", "seat_wanted", "tasks", "planned_work"),
    Section.DECLARATIONS: ("declares_true", "accepts_charter", "told_persons"),
}  # fmt: skip

OPTIONAL = {"name_en", "short_name", "service_kind", "registered_capital", "website", "related_directions", "staff_total", "staff_rd", "cap_research", "cap_service", "cap_industry", "honours"}  # fmt: skip
CAPABILITIES = ("cap_research", "cap_service", "cap_industry")  # one of the three suffices (notice: 科研能力、服务能力或产业化条件)
PERSONAL = ("legal_representative", *FIELDS[Section.CONTACTS])


def gaps(answers: Answers) -> dict[Section, list[str]]:
    """What a submission still lacks: the fields to answer, by section; sections without a gap are left out."""
    missing = {
        section: [name for name in fields if must(name, answers) and getattr(answers, name) in (None, "", [], False)]
        for section, fields in FIELDS.items()
    }
    if not any(getattr(answers, name) for name in CAPABILITIES):
        missing[Section.CAPABILITY].append(CAPABILITIES[0])
    if answers.legal_form and answers.legal_form != LegalForm.LEGAL_PERSON:
        missing[Section.UNIT].append("legal_form")
    return {section: names for section, names in missing.items() if names}


def must(name: str, answers: Answers) -> bool:
    """Whether `name` has to be answered before submitting."""
    match name:
        case "service_kind":
            return answers.unit_type == UnitType.SERVICE_BODY
        case "registered_capital":
            return answers.unit_type == UnitType.ENTERPRISE
        case _:
            return name not in OPTIONAL
