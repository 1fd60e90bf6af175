"""Resignations: a unit's written notice that it leaves, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.choices import ResignationState
from members.models.unit import MemberUnit
from members.querysets import ResignationQuerySet


class Resignation(models.Model):
    """A notice in writing: dated, with the day on which it shall take effect. The office confirms it; leaving is free, so it refuses none."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="resignations", verbose_name=_("member unit"))
    notice_on = models.DateField(_("date of the unit's notice"), default=clock.today)
    effective_on = models.DateField(_("takes effect on"))
    reason = models.TextField(_("reason"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=ResignationState, default=ResignationState.GIVEN)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given or entered by"))
    given_at = models.DateTimeField(_("given at"), default=clock.now)
    decided_at = models.DateTimeField(_("confirmed or withdrawn at"), null=True, blank=True)

    objects = ResignationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("resignation"), _("resignations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=~Q(state=ResignationState.WITHDRAWN),
                name="a_unit_resigns_once",
                violation_error_message=_("This unit has given notice already."),
            ),
            models.CheckConstraint(condition=Q(effective_on__gte=F("notice_on")), name="a_notice_takes_effect_after_it_was_given"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.effective_on}"
