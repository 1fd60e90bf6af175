"""The days on which the week's own order does not hold, and each change of the table."""

from django.conf import settings
from django.db import models
from django.db.models import Max, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alliance import clock


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


class Edition(models.Model):
    """One change of the table: what was counted by an earlier edition is counted again by whoever owns it."""

    made_at = models.DateTimeField(_("made at"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    days = models.PositiveSmallIntegerField(_("days changed"))

    class Meta:
        verbose_name, verbose_name_plural = _("edition of the working days"), _("editions of the working days")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)


def edition() -> int:
    """The number of the edition in force; 0 while the first filling stands."""
    return Edition.objects.aggregate(last=Max("pk"))["last"] or 0


def edition_in_force() -> Coalesce:
    """The same, looked up where it is written, so that nobody asks for it beforehand."""
    return Coalesce(Subquery(Edition.objects.order_by("-pk").values("pk")[:1]), 0)
