"""What belongs to a stage of the founding: milestones, the preparation's figures, and the papers that the plan names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.facts.models import FoundingStage
from alliance.history.fields import kept_history
from alliance.stages.choices import STAGE_OF, ActivityKind, PaperName, PlanStep, Roundness
from alliance.stages.querysets import MilestoneQuerySet, StagePaperQuerySet
from alliance.text import as_read, refuse_hidden

if TYPE_CHECKING:
    from datetime import date

MOST = 1_000_000


def not_ahead(day: date) -> None:
    """Raise a ValidationError for what cannot have happened yet."""
    if day > clock.today():
        raise ValidationError(_("That day is still to come."), code="ahead")


class Milestone(models.Model):
    """One thing that a stage has to reach: the plan's own step, or what the office puts in words."""

    stage = models.ForeignKey(
        FoundingStage, models.PROTECT, related_name="milestones", verbose_name=pgettext_lazy("of the founding", "stage")
    )
    step = models.CharField(_("step of the plan"), max_length=12, choices=PlanStep, blank=True, editable=False)
    what = models.CharField(
        _("what is reached"),
        max_length=120,
        blank=True,
        validators=[refuse_hidden],
        help_text=_("Empty where the plan's own words serve. Public ones are read by everybody: no names of persons."),
    )
    what_hant = models.CharField(_("what is reached, in traditional characters"), max_length=120, blank=True, validators=[refuse_hidden])
    what_en = models.CharField(_("what is reached, in English"), max_length=240, blank=True, validators=[refuse_hidden])
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(pgettext_lazy("milestone", "done on"), null=True, blank=True, validators=[not_ahead])
    is_public = models.BooleanField(_("shown to everybody"), default=True, help_text=_("Unticked it is seen at the desk alone."))
    history = kept_history()

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("milestone"), _("milestones")
        ordering = ["stage", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(step="", what=""), name="a_milestone_says_what_is_reached"),
            models.UniqueConstraint(fields=["step"], condition=~Q(step=""), name="a_step_of_the_plan_is_one_milestone"),
        ]

    def __str__(self) -> str:
        return as_read(self.what, self.what_hant, self.what_en) or self.get_step_display()

    def clean(self) -> None:
        """The office's own milestones have words of their own."""
        if not self.step and not self.what:
            raise ValidationError({"what": _("Please say what is reached.")})

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.planned_on is not None and self.planned_on < clock.today()


class Activity(models.Model):
    """A figure of the preparation, as the notice or the office states it: it is quoted, never computed with."""

    kind = models.CharField(_("what was counted"), max_length=20, choices=ActivityKind, unique=True, editable=False)
    count = models.PositiveIntegerField(
        pgettext_lazy("activities", "how many"), null=True, blank=True, validators=[MaxValueValidator(MOST)]
    )
    roundness = models.CharField(_("meant as"), max_length=6, choices=Roundness, default=Roundness.EXACT)
    history = kept_history()

    class Meta:
        verbose_name, verbose_name_plural = _("figure of the preparation"), _("figures of the preparation")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def figure(self) -> str:
        """20余, 近100, 9."""
        if self.count is None:
            return "–"
        return str(SAID[Roundness(self.roundness)] % {"count": self.count})


SAID = {Roundness.EXACT: "%(count)d", Roundness.OVER: _("over %(count)d"), Roundness.NEARLY: _("nearly %(count)d")}


class StagePaper(models.Model):
    """A paper that the plan names. Where the portal does not make it, the office attaches what it has; the last file counts."""

    name = models.CharField(pgettext_lazy("paper", "name"), max_length=20, choices=PaperName, unique=True, editable=False)
    number = models.CharField(
        _("document number"), max_length=60, blank=True, validators=[refuse_hidden], help_text=_("Of the attached file, if it has one.")
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True, help_text=_("The day that stands on the attached file."))
    history = kept_history()

    objects = StagePaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("paper of a stage"), _("papers of the stages")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_name_display()

    def get_absolute_url(self) -> str:
        return reverse("admin:stages_stagepaper_change", args=[self.pk])

    @property
    def stage(self) -> int:
        return STAGE_OF[PaperName(self.name)]
