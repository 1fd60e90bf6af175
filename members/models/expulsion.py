"""An expulsion, from the charges to the resolution: what the unit was told, what it said, what was resolved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.meeting import Resolution
from members.models.unit import MemberUnit
from members.querysets import ExpulsionQuerySet


class DefenceWay(models.TextChoices):
    """How a unit defended itself."""

    WRITTEN = "written", _("In writing")
    SPOKEN = "spoken", _("Spoken, at the meeting")
    WAIVED = "waived", _("Waived, or its time has run out")


class Expulsion(models.Model):
    """One procedure against one unit. It is open until the unit is expelled by a resolution, or the charges are dropped."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="expulsions", verbose_name=_("member unit"))
    charges = models.TextField(_("charges"), max_length=2000)
    charged_on = models.DateField(_("notified on"), default=clock.today)
    charged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("notified by"))
    defend_by = models.DateField(_("defence possible until"))
    defence_way = models.CharField(_("defence"), max_length=10, choices=DefenceWay, blank=True)
    defence = models.TextField(_("what the unit said"), max_length=4000, blank=True)
    defended_on = models.DateField(_("heard on"), null=True, blank=True)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="expulsions", verbose_name=_("resolution")
    )
    decided_on = models.DateField(_("expelled on"), null=True, blank=True)
    dropped_on = models.DateField(_("charges dropped on"), null=True, blank=True)
    dropped_because = models.TextField(_("why they were dropped"), max_length=1000, blank=True)

    objects = ExpulsionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("expulsion"), _("expulsions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(decided_on=None, dropped_on=None), name="a_unit_is_charged_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(defend_by__gte=F("charged_on")), name="there_is_time_for_a_defence"),
            models.CheckConstraint(
                condition=Q(decided_on=None) | (Q(resolution__isnull=False, defended_on__isnull=False) & ~Q(defence_way="")),
                name="nobody_is_expelled_unheard_or_without_a_resolution",
            ),
            models.CheckConstraint(condition=Q(decided_on=None) | Q(dropped_on=None), name="charges_are_decided_or_dropped"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.charged_on}"
