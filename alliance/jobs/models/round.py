"""A process of several stages, one after the other, as rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.jobs.models.job import Job


class RoundQuerySet(models.QuerySet["Round"]):
    def running(self) -> RoundQuerySet:
        return self.filter(finished_at=None).order_by("id")


class Round(models.Model):
    """One run of a process about one thing, such as what follows when a batch closes."""

    process = models.CharField(_("process"), max_length=60)
    kind_of_thing = models.CharField(_("about what"), max_length=60)
    thing_id = models.BigIntegerField(_("about which"))
    began_at = models.DateTimeField(_("began at"), default=clock.now)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("round"), _("rounds")
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(finished_at=None), name="rounds_that_run")]
        constraints = [models.UniqueConstraint(fields=["process", "kind_of_thing", "thing_id"], name="a_process_runs_once_for_a_thing")]

    def __str__(self) -> str:
        return f"{self.process} · {self.thing_id}"


class Stage(models.Model):
    """One stage of a round; long work of its own is a job."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="stages", verbose_name=_("round"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("stage"), max_length=60)
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="stage", verbose_name=_("long work"))
    began_at = models.DateTimeField(_("began at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    error = models.CharField(_("error"), max_length=500, blank=True)  # of the last try, until one succeeds

    class Meta:
        verbose_name, verbose_name_plural = _("stage"), _("stages")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="a_stage_has_one_place_in_its_round")]

    def __str__(self) -> str:
        return self.name
