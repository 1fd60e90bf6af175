"""When each task of the timetable last ran."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """The last run of one task: a row a task, not a row a run."""

    task = models.CharField(_("task"), max_length=100, unique=True)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("last run"), _("last runs")
        ordering = ["task"]

    def __str__(self) -> str:
        return self.task
