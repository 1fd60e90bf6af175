"""Sanctions: the rungs of the ladder that leave a membership as it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.meeting import Resolution
from members.models.unit import MemberUnit


class SanctionKind(models.TextChoices):
    """From the mildest up. Suspension and expulsion stand above them, and are rows of their own."""

    CRITICISM = "criticism", _("Circulated criticism")
    WARNING = "warning", _("Warning")
    SERIOUS = "serious", _("Serious warning")
    ADVICE = "advice", _("Advice to resign")


class Sanction(models.Model):
    """One sanction of one unit: which rung, why, since when, and who imposed it by which resolution."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="sanctions", verbose_name=_("member unit"))
    kind = models.CharField(_("sanction"), max_length=10, choices=SanctionKind)
    reason = models.TextField(_("reason"), max_length=1000)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="sanctions", verbose_name=_("resolution")
    )
    imposed_on = models.DateField(_("imposed on"), default=clock.today)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("imposed by"))

    class Meta:
        verbose_name, verbose_name_plural = _("sanction"), _("sanctions")
        ordering = ["-imposed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.get_kind_display()} · {self.imposed_on}"
