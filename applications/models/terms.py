"""How the experts review a batch: whether, how many, how long, and what each criterion weighs."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.choices import Criterion

MOST_REVIEWERS, MOST_WEIGHT = 9, 100


def weight(criterion: Criterion) -> models.PositiveSmallIntegerField:
    """What one criterion weighs beside the others."""
    return models.PositiveSmallIntegerField(
        format_lazy("{}: {}", _("weight"), criterion.label), default=1, validators=[MaxValueValidator(MOST_WEIGHT)]
    )


class ReviewTerms(models.Model):
    """What a batch says about its expert review. Weights hold when a score is read, so they may still change after a sheet was handed in."""

    expert_review = models.BooleanField(
        _("expert review"), default=False, help_text=_("Whether experts score the applications before the meeting.")
    )
    reviewers = models.PositiveSmallIntegerField(
        _("experts per application"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MOST_REVIEWERS)]
    )
    most_reviews = models.PositiveSmallIntegerField(
        _("applications per expert at most"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: any number.")
    )
    review_days = models.PositiveSmallIntegerField(_("working days for a review"), default=10, validators=[MinValueValidator(1)])
    weight_climate = weight(Criterion.CLIMATE)
    weight_research = weight(Criterion.RESEARCH)
    weight_service = weight(Criterion.SERVICE)
    weight_industry = weight(Criterion.INDUSTRY)
    weight_capacity = weight(Criterion.CAPACITY)
    weight_representative = weight(Criterion.REPRESENTATIVE)

    class Meta:
        abstract = True

    @property
    def weights(self) -> dict[str, int]:
        """What each criterion weighs."""
        return {criterion.value: getattr(self, f"weight_{criterion}") for criterion in Criterion}


WEIGHTS = tuple(f"weight_{criterion}" for criterion in Criterion)
TERMS = ("expert_review", "reviewers", "most_reviews", "review_days", *WEIGHTS)
ALL_NOTHING = Q(**dict.fromkeys(WEIGHTS, 0))
SOMETHING_WEIGHS = models.CheckConstraint(
    condition=~ALL_NOTHING,
    name="some_criterion_of_a_batch_weighs",
    violation_error_message=_("At least one criterion has to weigh something."),
)
