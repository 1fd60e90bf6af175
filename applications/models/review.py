"""Reviews: what an expert found, criterion by criterion."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import LEAST, MOST, POINTS, Advice, Criterion
from applications.models.assignment import Assignment
from applications.querysets import ReviewQuerySet


class Review(models.Model):
    """The score sheet of one assignment: a draft until it is handed in. One entered from paper says who entered it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review", verbose_name=_("assignment"))
    advice = models.CharField(_("advice"), max_length=10, choices=Advice, blank=True)
    opinion = models.TextField(_("opinion"), max_length=2000, blank=True)
    saved_at = models.DateTimeField(_("saved at"), default=clock.now)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered from paper by")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("expert's review"), _("experts' reviews")
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | (~Q(advice="") & ~Q(opinion="")), name="what_is_handed_in_advises_and_says_why"
            )
        ]

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def points(self) -> dict[str, int]:
        """The points given so far, by criterion."""
        return {score.criterion: score.points for score in self.scores.all()} if self.pk else {}

    @property
    def gaps(self) -> list[str]:
        """What is still to be filled in before it can be handed in, in words."""
        given = self.points
        missing = [str(criterion.label) for criterion in Criterion if criterion not in given]
        return [
            *missing,
            *(str(self._meta.get_field(name).verbose_name) for name in ("advice", "opinion") if not getattr(self, name).strip()),
        ]


class Score(models.Model):
    """The points of one criterion on one sheet."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores", verbose_name=_("expert's review"))
    criterion = models.CharField(_("criterion"), max_length=16, choices=Criterion)
    points = models.PositiveSmallIntegerField(_("points"), choices=POINTS, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)])

    class Meta:
        verbose_name, verbose_name_plural = _("score"), _("scores")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="a_criterion_is_scored_once_a_sheet"),
            models.CheckConstraint(condition=Q(points__gte=LEAST, points__lte=MOST), name="points_are_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.points}"
