"""The score sheet: what is written on it, and whether it is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance import clock
from alliance.workflow import Refused
from applications.models import Review, Score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from applications.models import Assignment

WORDS = ("advice", "opinion")
HANDED_IN = _("The sheet has been handed in meanwhile, perhaps in another window: it changes no more.")


def write(assignment: Assignment, answers: Mapping[str, Any]) -> Review:
    """Keep these answers of a sheet, and leave the others as they are. The assignment is held by this transaction."""
    review, _is_new = Review.objects.get_or_create(assignment=assignment)
    score(review, {name: points for name, points in answers.items() if name not in WORDS})
    for name in {*WORDS} & answers.keys():
        setattr(review, name, answers[name])
    review.saved_at = clock.now()
    review.save(update_fields=[*WORDS, "saved_at"])
    return review


def score(review: Review, points: Mapping[str, int | None]) -> None:
    """Give these points; None takes them back."""
    review.scores.filter(criterion__in=[name for name, given in points.items() if given is None]).delete()
    Score.objects.bulk_create(
        [Score(review=review, criterion=name, points=given) for name, given in points.items() if given is not None],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["points"],
    )


def refuse_gaps(review: Review) -> None:
    """Raise where something is missing, and say what."""
    if gaps := review.gaps:
        raise Refused(_("Before it can be handed in, please fill in: %(gaps)s.") % {"gaps": pgettext("list", ", ").join(gaps)})
