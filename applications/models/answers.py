"""What an application says: the form's fields, and which of them must be answered."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.choices import Intent, NominatedBy, SeatWanted, Section, Task
from members.choices import Jurisdiction, LegalForm, UnitType
from members.models import profile
from members.models.body import GROUPS
from members.models.profile import NOT_NEGATIVE, SEVERAL, Profile

MANY = {**SEVERAL, "tasks": Task, "groups_wanted": GROUPS}  # several of a list of words


class Answers(Profile):
    """The fields of the application form: what the unit is, and what it wants (the notice's conditions; common membership forms of alliances)."""

    # the legal person that signs for an alliance without legal personality
    host_name = models.CharField(_("host unit: name"), max_length=120, blank=True)
    host_no = models.CharField(_("host unit: credit code"), max_length=40, blank=True)

    # contacts
    representative_name = models.CharField(_("proposed representative: name"), max_length=60, blank=True)
    representative_post = models.CharField(_("proposed representative: post"), max_length=60, blank=True)
    representative_title = models.CharField(_("proposed representative: professional title"), max_length=60, blank=True)
    representative_phone = models.CharField(_("proposed representative: telephone"), max_length=30, blank=True)
    representative_email = models.EmailField(_("proposed representative: e-mail"), blank=True)
    contact_name = models.CharField(_("liaison officer: name"), max_length=60, blank=True)
    contact_post = models.CharField(_("liaison officer: department and post"), max_length=60, blank=True)
    contact_phone = models.CharField(_("liaison officer: mobile"), max_length=30, blank=True)
    contact_email = models.EmailField(_("liaison officer: e-mail"), blank=True)

    # capability; amounts in units of 10,000
    revenue = models.DecimalField(_("last year's revenue"), max_digits=14, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE)
    rd_spend = models.DecimalField(
        _("last year's spending on research and development"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    patents = models.PositiveIntegerField(_("invention patents"), null=True, blank=True)
    standards = models.PositiveIntegerField(_("standards taken part in"), null=True, blank=True)
    platforms = models.TextField(_("research platforms"), max_length=500, blank=True)
    cap_research = models.TextField(_("research capability"), max_length=800, blank=True)
    cap_service = models.TextField(_("service capability"), max_length=800, blank=True)
    cap_industry = models.TextField(_("conditions for industrialisation"), max_length=800, blank=True)
    honours = models.TextField(_("projects and honours"), max_length=500, blank=True)

    # intent
    intent = models.CharField(_("way of taking part"), max_length=10, choices=Intent, blank=True)
    seat_wanted = models.CharField(_("seat in mind"), max_length=12, choices=SeatWanted, default=SeatWanted.MEMBER)
    nomination_kind = models.CharField(_("comes to the seat by"), max_length=12, choices=NominatedBy, blank=True)
    recommender = models.CharField(_("recommending unit"), max_length=120, blank=True)
    recommender_opinion = models.TextField(_("its opinion"), max_length=500, blank=True)
    groups_wanted = models.JSONField(_("branches and working groups in mind"), default=list, blank=True)
    tasks = models.JSONField(_("tasks the unit would undertake"), default=list, blank=True)
    planned_work = models.TextField(_("work the unit would undertake"), max_length=500, blank=True)

    # declarations
    declares_true = models.BooleanField(_("everything stated is true"), default=False)
    accepts_charter = models.BooleanField(_("the unit will keep the alliance's charter"), default=False)
    told_persons = models.BooleanField(_("the persons named know and agree"), default=False)

    class Meta:
        abstract = True

    several = MANY


FIELDS = {
    Section.UNIT: (
        "name", "name_en", "short_name", "jurisdiction", "reg_no", "other_no", "unit_type", "service_kind", "legal_form", "host_name", "host_no", "ownership", "scale",
        "founded_on", "registered_capital", "currency", "legal_representative", "region", "registered_address", "postal_address", "postcode", "website",
    ),
    Section.CONTACTS: (
        "representative_name", "representative_post", "representative_title", "representative_phone", "representative_email", "contact_name", "contact_post", "contact_phone", "contact_email",
    ),
    Section.CAPABILITY: (
        "main_business", "chain_position", "specialities", "specialities_other", "main_direction", "related_directions",
        "staff_total", "staff_rd", "revenue", "rd_spend", "patents", "standards", "platforms", "cap_research", "cap_service", "cap_industry", "honours",
    ),
    Section.INTENT: ("intent", "seat_wanted", "nomination_kind", "recommender", "recommender_opinion", "groups_wanted", "tasks", "planned_work"),
    Section.DECLARATIONS: ("declares_true", "accepts_charter", "told_persons"),
}  # fmt: skip

OPTIONAL = profile.OPTIONAL | {
    "representative_title", "revenue", "rd_spend", "patents", "standards", "platforms", "cap_research", "cap_service", "cap_industry", "honours",
    "recommender_opinion", "groups_wanted",
}  # fmt: skip
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
    if answers.legal_form and answers.legal_form != LegalForm.LEGAL_PERSON and not is_hosted(answers):
        missing[Section.UNIT].append("legal_form")
    return {section: names for section, names in missing.items() if names}


def is_hosted(answers: Answers) -> bool:
    """An alliance by contract, without legal personality: the legal person that hosts it signs for it."""
    return answers.unit_type == UnitType.ALLIANCE and answers.legal_form == LegalForm.UNINCORPORATED


def applies(name: str, answers: Answers) -> bool:
    """Whether `name` is asked of such a unit at all: by place of registration, type of unit, legal form, and what it answered before."""
    rule = CONCERNS.get(name)
    return rule is None or rule(answers)


def seeks_seat(answers: Answers) -> bool:
    return answers.seat_wanted != SeatWanted.MEMBER


CONCERNS: dict[str, Callable[[Answers], bool]] = profile.CONCERNS | {
    "host_name": is_hosted,
    "host_no": is_hosted,
    "nomination_kind": seeks_seat,
    "recommender": lambda answers: seeks_seat(answers) and answers.nomination_kind == NominatedBy.RECOMMENDED,
    "recommender_opinion": lambda answers: seeks_seat(answers) and answers.nomination_kind == NominatedBy.RECOMMENDED,
}


def must(name: str, answers: Answers) -> bool:
    """Whether `name` has to be answered before submitting."""
    return profile.must(name, answers) if name in profile.PROFILE else name not in OPTIONAL and applies(name, answers)


SIGNERS = {  # who signs for a legal person, in the words of its place
    Jurisdiction.HONG_KONG: _("authorised signatory"),
    Jurisdiction.MACAO: _("authorised signatory"),
    Jurisdiction.TAIWAN: _("representative under the registration"),
}


def called(name: str, answers: Answers) -> str:
    """What a field is called for such a unit: who signs has another name outside the mainland, and public bodies have a start-up fund."""
    if name == "legal_representative" and answers.jurisdiction in SIGNERS:
        return capfirst(str(SIGNERS[Jurisdiction(answers.jurisdiction)]))
    if name == "registered_capital" and answers.unit_type in FUNDED:
        return capfirst(gettext("start-up fund"))
    return answers.label(name)


FUNDED = (UnitType.UNIVERSITY, UnitType.INSTITUTE, UnitType.PUBLIC_INSTITUTION)
