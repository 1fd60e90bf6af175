"""Decisions: what was decided on which version, by which resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.prepared import Prepared
from applications.choices import Ground, Outcome
from applications.models.application import Application
from applications.models.batch import NEVER, Batch
from applications.models.version import Version
from members.models import Resolution

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


class Decision(models.Model):
    """One decision of the deciding body on one version of an application, written once, with the batch in which it stood then."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions", verbose_name=_("application"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="decisions", verbose_name=_("version"))
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="decisions", verbose_name=_("resolution"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="decisions", verbose_name=_("batch"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    ground = models.CharField(_("ground"), max_length=3, choices=Ground, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        ordering = ["decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REJECTED) | (~Q(ground="") & ~Q(reason="")), name="a_refusal_gives_its_ground_and_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


def resolutions_on(batch: Batch) -> QuerySet[Resolution]:
    """Those that can be of a batch: of its deciding body, of a meeting held after it closed, and decided nothing else, be it another batch, an expulsion or a seat."""
    held = Resolution.objects.of_assemblies([batch.deciding_body]).filter(meeting__held_at__gte=closing_minute(batch))
    return held.filter(pk__in=free_for(batch.pk).values("pk"))


def is_on(resolution: Resolution, batch: Batch) -> bool:
    """Whether it is one of them."""
    meeting = resolution.meeting
    is_theirs = meeting.assembly == batch.deciding_body and meeting.held_at >= closing_minute(batch)
    return is_theirs and bool(FREE.all(batch.pk, resolution.pk))


def closing_minute(batch: Batch) -> datetime:
    """From when on a meeting can decide on it: meetings are planned by the minute."""
    return (batch.closes_at or NEVER).replace(second=0, microsecond=0)


def free_for(batch: int) -> QuerySet[Resolution]:
    """Those that decided nothing but, perhaps, this batch."""
    return Resolution.objects.resting_only(Decision).exclude(pk__in=Decision.objects.exclude(batch=batch).values("resolution"))


FREE = Prepared(lambda batch, key: free_for(batch).filter(pk=key))
