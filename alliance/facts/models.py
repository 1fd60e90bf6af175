"""The facts, in one row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Whether the alliance is being founded or running: words and effects follow."""

    FOUNDING = "founding", _("Being founded (筹建期)")
    RUNNING = "running", _("Running (运行期)")


class Facts(models.Model):
    """What is true of this alliance as a whole."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.FOUNDING)
    is_demo = models.BooleanField(_("holds the demo's synthetic units"), default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("facts of the alliance")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="the_alliance_has_one_set_of_facts")]

    def __str__(self) -> str:
        return self.get_phase_display()


def facts() -> Facts:
    """The facts as they stand; the defaults before anybody has written any."""
    return Facts.objects.filter(pk=1).first() or Facts()
