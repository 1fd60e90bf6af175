"""What the experts found, put before the meeting: mean and spread of the scores, advice, opinions; and the order that follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from applications.choices import Advice, AssignmentState
from applications.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from applications.models import Application, Batch, GroupOpinion, Review

HUNDREDTH = Decimal("0.01")


@dataclass
class Found:
    """What the experts found of one application. Never shown to who applied."""

    application: Application
    outstanding: int = 0
    sheets: list[Review] = field(default_factory=list)
    scores: list[Decimal] = field(default_factory=list)
    group: GroupOpinion | None = None
    rank: int | None = None

    @property
    def mean(self) -> Decimal | None:
        return rounded(sum(self.scores, Decimal()) / len(self.scores)) if self.scores else None

    @property
    def spread(self) -> Decimal | None:
        """How far the highest lies above the lowest."""
        return rounded(max(self.scores) - min(self.scores)) if self.scores else None

    @property
    def advice(self) -> list[tuple[str, int]]:
        """How many advise what, in the order of the words."""
        counted = Counter(sheet.advice for sheet in self.sheets)
        return [(str(advice.label), counted[advice]) for advice in Advice if counted[advice]]

    @property
    def opinions(self) -> list[tuple[str, str]]:
        return [(sheet.assignment.expert.name, sheet.opinion) for sheet in self.sheets]


def summary(batch: Batch) -> list[Found]:
    """Each application of the batch that went to experts, the best mean first; in four queries, however many there are."""
    rows = Assignment.objects.held().filter(batch=batch).select_related("expert", "review").prefetch_related("review__scores")
    opinions = batch.panel.opinions if (panel := getattr(batch, "panel", None)) else None
    applications = batch.applications.under_way().order_by("number").prefetch_related(Prefetch("assignments", rows, to_attr="reviewers"))
    groups = {opinion.application_id: opinion for opinion in opinions.all()} if panel else {}
    found = [found_of(each, batch.weights, groups.get(each.pk)) for each in applications if each.reviewers or each.pk in groups]
    return ranked(found)


def found_of(application: Application, weights: Mapping[str, int], group: GroupOpinion | None) -> Found:
    found = Found(application, group=group)
    for assignment in application.reviewers:
        if assignment.state == AssignmentState.REVIEWED:
            sheet = assignment.review
            sheet.assignment = assignment
            sheet.mean = weighted(sheet.points, weights)
            found.sheets.append(sheet)
            found.scores.append(sheet.mean)
        else:
            found.outstanding += 1
    return found


def weighted(points: Mapping[str, int], weights: Mapping[str, int]) -> Decimal:
    """The mean of the points, each by its criterion's weight: 1 to 5. A sheet whose criteria all weigh nothing cannot be: some criterion weighs."""
    total = sum(weights[criterion] for criterion in points) or 1
    return Decimal(sum(points[criterion] * weights[criterion] for criterion in points)) / total


def ranked(found: list[Found]) -> list[Found]:
    """The best mean first; equal ones share a rank; what has no score comes last, by its number."""
    found.sort(key=lambda each: (each.mean is None, -(each.mean or 0)))
    for n, each in enumerate(found):
        before = found[n - 1] if n else None
        if each.mean is not None:
            each.rank = before.rank if before and before.mean == each.mean else n + 1
    return found


def rounded(number: Decimal) -> Decimal:
    return number.quantize(HUNDREDTH, ROUND_HALF_UP)
