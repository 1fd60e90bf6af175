"""The facts in one row, the two contact desks, and the five stages of the founding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.facts.choices import (
    OFFICE,
    STANDING,
    TASKS,
    CertificateNumbers,
    CertificatesFrom,
    CertificateValidity,
    DeskKind,
    Governance,
    Phase,
    StageNumber,
)
from alliance.facts.printing import Printing
from alliance.history.fields import kept_history
from alliance.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.functional import Promise

MIIT = "https://beian.miit.gov.cn/"
POLICE = "https://beian.mps.gov.cn/#/query/webSearch?code="


class Facts(Printing):
    """What is true of this alliance as a whole."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name_hans = models.CharField(_("name, Simplified Chinese"), max_length=80, default="广东省大湾区新能源汽车产业技术创新联盟")
    name_hant = models.CharField(_("name, Traditional Chinese"), max_length=80, default="廣東省大灣區新能源汽車產業技術創新聯盟")
    name_en = models.CharField(
        _("name, English"),
        max_length=160,
        default="Guangdong Greater Bay Area New Energy Vehicle Industry Technology Innovation Alliance",
    )
    short_hans = models.CharField(_("short name, Simplified Chinese"), max_length=40, default="大湾区新能源汽车联盟")
    short_hant = models.CharField(_("short name, Traditional Chinese"), max_length=40, default="大灣區新能源汽車聯盟")
    short_en = models.CharField(_("short name, English"), max_length=80, default="GBA NEV Alliance")
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.FOUNDING, editable=False)
    founded_on = models.DateField(_("founded on"), null=True, blank=True, editable=False)
    governance = models.CharField(_("governance"), max_length=20, choices=Governance, default=Governance.COUNCIL)
    certificates_from = models.CharField(
        _("certificates of membership"), max_length=12, choices=CertificatesFrom, default=CertificatesFrom.FOUNDING
    )
    certificate_numbers = models.CharField(
        _("numbers of certificates"),
        max_length=8,
        choices=CertificateNumbers,
        default=CertificateNumbers.PLAIN,
        help_text=_("Only certificates issued from now on: a number that was given stays."),
    )
    certificate_validity = models.CharField(
        _("certificates are good"), max_length=4, choices=CertificateValidity, default=CertificateValidity.TERM
    )
    small_office = models.BooleanField(
        _("very small office"),
        default=False,
        help_text=_(
            "One person may then check, screen and approve the same application. Every such exception is recorded and shown; nobody ever decides on their own unit."
        ),
    )
    term_years = models.PositiveSmallIntegerField(_("years of a term"), default=5, validators=[MinValueValidator(1), MaxValueValidator(10)])
    idle_days = models.PositiveSmallIntegerField(
        _("days without a sign of life"),
        default=365,
        validators=[MinValueValidator(30), MaxValueValidator(1830)],
        help_text=_("After so many days the desk asks whether a unit is deemed to have resigned. A person decides."),
    )
    courier_address = models.CharField(_("address for couriers"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", _("Six figures."))])
    addressee = models.CharField(_("addressee"), max_length=80, blank=True, help_text=_("A desk or a department; no private person."))
    icp_number = models.CharField(
        _("ICP filing number"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^\w?ICP备\d{6,12}号(-\d+)?$", _("As the ministry wrote it, such as 粤ICP备12345678号-1."))],
    )
    police_number = models.CharField(
        _("public security filing number"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^\w公网安备\s?\d{14}号$", _("As the police wrote it, such as 粤公网安备 44010000000000号."))],
    )
    is_demo = models.BooleanField(_("holds the demo's synthetic units"), default=False, editable=False)
    history = kept_history()

    class Meta:
        verbose_name = verbose_name_plural = _("facts of the alliance")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="the_alliance_has_one_set_of_facts"),
            models.CheckConstraint(
                condition=Q(phase=Phase.RUNNING) | Q(founded_on=None), name="an_alliance_being_founded_has_no_day_of_founding"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    # ── names, in the reader's language ──

    @property
    def name(self) -> str:
        return {"zh-hans": self.name_hans, "zh-hant": self.name_hant}.get(get_language(), self.name_en)

    @property
    def short_name(self) -> str:
        return {"zh-hans": self.short_hans, "zh-hant": self.short_hant}.get(get_language(), self.short_en)

    # ── the phase: its word, its effects ──

    @property
    def state(self) -> str:
        """A step moves what it calls the state: of the alliance, that is the phase."""
        return self.phase

    @state.setter
    def state(self, phase: str) -> None:
        self.phase = phase

    def get_state_display(self) -> str:
        return self.get_phase_display()

    @property
    def is_founding(self) -> bool:
        return self.phase == Phase.FOUNDING

    @property
    def office(self) -> Promise:
        """Who conducts the alliance's business: the working group before the founding, the secretariat after it."""
        return OFFICE[Phase(self.phase)]

    def was_founding_on(self, day: date) -> bool:
        """Whether a unit admitted on this day came in as a prospective member."""
        return self.is_founding or (self.founded_on is not None and day < self.founded_on)

    def standing_on(self, day: date) -> Promise:
        """What a unit became that was admitted on this day."""
        return STANDING[Phase.FOUNDING if self.was_founding_on(day) else Phase.RUNNING]

    @property
    def standing(self) -> Promise:
        """What a unit with its rights is today."""
        return STANDING[Phase(self.phase)]

    @property
    def certifies(self) -> bool:
        """Whether certificates of membership are issued already, and not confirmation letters."""
        return not self.is_founding or self.certificates_from == CertificatesFrom.ADMISSION

    # ── what the state asks every site to show ──

    @property
    def police_link(self) -> str:
        return POLICE + "".join(filter(str.isdigit, self.police_number))

    miit_link = MIIT


WRITTEN = Prepared(lambda key: Facts.objects.filter(pk=key))


def facts() -> Facts:
    """The facts as they stand; the defaults before anybody has written any."""
    return WRITTEN.first(1) or Facts()


class ContactDeskQuerySet(models.QuerySet["ContactDesk"]):
    def open(self) -> ContactDeskQuerySet:
        """Those that somebody has filled in: a desk without telephone and e-mail cannot be reached."""
        return self.exclude(telephone="", email="")


class ContactDesk(models.Model):
    """Where questions are put. The office fills it in; nobody's number comes with the portal."""

    kind = models.CharField(_("for what"), max_length=10, choices=DeskKind, unique=True, editable=False)
    title = models.CharField(
        _("name of the desk"), max_length=60, blank=True, help_text=_("Empty: the Preparatory Working Group, later the Secretariat.")
    )
    telephone = models.CharField(
        _("telephone"), max_length=40, blank=True, validators=[RegexValidator(r"^[\d +\-()（）、,;转]+$", _("Figures, spaces and dashes."))]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    history = kept_history()

    objects = ContactDeskQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("contact desk"), _("contact desks")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()


class FoundingStageQuerySet(models.QuerySet["FoundingStage"]):
    def current(self) -> FoundingStage | None:
        """The first that is not done."""
        return self.filter(is_done=False).first()


class FoundingStage(models.Model):
    """One of the five stages of the founding plan: its words are the notice's, its days the office's."""

    number = models.PositiveSmallIntegerField(_("stage"), choices=StageNumber, unique=True, editable=False)
    begins_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_done = models.BooleanField(_("done"), default=False)
    history = kept_history()

    objects = FoundingStageQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("stage of the founding"), _("stages of the founding")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_stage_begins_before_it_ends",
                violation_error_message=_("A stage begins before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_number_display()

    def clean(self) -> None:
        """Stages are done in their order: the current one is the first that is not."""
        others = FoundingStage.objects.exclude(pk=self.pk)
        if self.is_done and others.filter(number__lt=self.number, is_done=False).exists():
            raise ValidationError({"is_done": _("An earlier stage is not done yet.")})
        if not self.is_done and others.filter(number__gt=self.number, is_done=True).exists():
            raise ValidationError({"is_done": _("A later stage is done already.")})

    @property
    def tasks(self) -> Promise:
        """What the plan does in this stage."""
        return TASKS[StageNumber(self.number)]


def plan(known: Iterable[FoundingStage] = ()) -> list[FoundingStage]:
    """The five stages, the current one marked `is_current`; `known`, where somebody has fetched them already."""
    stages = list(known) or list(FoundingStage.objects.all())
    current = next((stage for stage in stages if not stage.is_done), None)
    for stage in stages:
        stage.is_current = stage is current
    return stages
