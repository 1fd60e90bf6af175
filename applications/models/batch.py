"""The batch: applications are accepted all year and reviewed together."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.numbering.numerals import numeral
from applications.choices import Body
from applications.models.terms import SOMETHING_WEIGHS, ReviewTerms
from applications.querysets import BatchQuerySet

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MOST_GRACE = 24 * 60  # minutes


class Batch(ReviewTerms):
    """A centralised review: everything received before the deadline is decided together.

    It receives what is submitted in [opens_at, closes_at). What is shown as its deadline is earlier by the grace, if there is one. The batches follow each other without a gap, and the last has
    no deadline yet: so whatever the moment, exactly one receives, and nobody is ever refused for being late.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    opens_at = models.DateTimeField(_("opens at"), unique=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace after the deadline, in minutes"),
        default=0,
        validators=[MaxValueValidator(MOST_GRACE)],
        help_text=_("The instant at which it closes moves, not the date that is shown."),
    )
    seal_days = models.PositiveSmallIntegerField(
        _("working days for the sealed scan"),
        default=5,
        help_text=_("So long after the deadline a sealed form may follow what was submitted in time."),
    )
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
            SOMETHING_WEIGHS,
        ]

    def __str__(self) -> str:
        return _("Batch %(number)s") % {"number": numeral(self.number)}

    @property
    def deadline(self) -> datetime | None:
        """The deadline as it is shown and promised: without the grace."""
        return self.closes_at - timedelta(minutes=self.grace_minutes) if self.closes_at else None

    @property
    def left(self) -> timedelta | None:
        """How long it is to the deadline as it is shown; nothing where none is set."""
        return max(self.deadline - clock.now(), timedelta()) if self.closes_at else None

    def receives_at(self, moment: datetime) -> bool:
        """Whether what comes at `moment` counts for it."""
        return self.opens_at <= moment and (self.closes_at is None or moment < self.closes_at)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def next(self) -> Batch | None:
        return type(self).objects.filter(number=self.number + 1).first()
