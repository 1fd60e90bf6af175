"""Suspensions: when a unit's rights rested."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.unit import MemberUnit
from members.querysets import SuspensionQuerySet


class Suspension(models.Model):
    """A unit without its vote, from `begins_on` up to, not including, `ended_on`. `until` is the day it was meant to end, where one was set."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="suspensions", verbose_name=_("member unit"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    begins_on = models.DateField(_("begins on"), default=clock.today)
    until = models.DateField(_("rights again from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("suspended by")
    )

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("suspension"), _("suspensions")
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_on=None), name="a_unit_is_suspended_once_at_a_time"),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("begins_on")), name="a_suspension_ends_after_it_began"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("begins_on")), name="a_suspension_is_meant_to_last"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.begins_on}"
