"""The batch: applications are accepted all year and reviewed together."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.numbering.numerals import numeral
from applications.choices import Body
from applications.querysets import BatchQuerySet

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Batch(models.Model):
    """A centralised review: everything received before the deadline is decided together.

    It receives what is submitted in [opens_at, closes_at). The batches follow each other without a gap, and the last has
    no deadline yet: so whatever the moment, exactly one receives, and nobody is ever refused for being late.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    opens_at = models.DateTimeField(_("opens at"), unique=True)
    closes_at = models.DateTimeField(_("submission deadline"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    deciding_body = models.CharField(_("deciding body"), max_length=12, choices=Body, default=Body.PREPARATORY)
    review_planned_on = models.DateField(_("planned day of deliberation"), null=True, blank=True)
    publicity_days = models.PositiveSmallIntegerField(_("working days of public notice"), default=5, validators=[MinValueValidator(1)])

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("batch"), _("batches")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(Coalesce("closes_at", NEVER), name="one_batch_without_a_deadline"),
            models.CheckConstraint(condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="a_batch_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("closes_at")), name="a_batch_is_closed_at_or_after_its_deadline"
            ),
        ]

    def __str__(self) -> str:
        return _("Batch %(number)s") % {"number": numeral(self.number)}

    @property
    def left(self) -> timedelta | None:
        """How long it still receives applications; nothing where no deadline is set."""
        return max(self.closes_at - clock.now(), timedelta()) if self.closes_at else None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def next(self) -> Batch | None:
        return type(self).objects.filter(number=self.number + 1).first()
