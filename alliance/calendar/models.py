"""The days on which the week's own order does not hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExceptionalDay(models.Model):
    """A weekday that is a holiday, or a weekend day that is worked (调休), as the State Council's yearly notice orders."""

    day = models.DateField(_("day"), unique=True)
    is_workday = models.BooleanField(_("is a working day"))
    note = models.CharField(_("note"), max_length=60, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("exceptional day"), _("exceptional days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
