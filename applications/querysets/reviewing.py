"""Which ones, of conflicts, assignments and reviews."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from applications.choices import AssignmentState, State


class ConflictQuerySet(QuerySet):
    def running(self) -> ConflictQuerySet:
        """Not ended."""
        return self.filter(ended_at=None)


class AssignmentQuerySet(QuerySet):
    def held(self) -> AssignmentQuerySet:
        """Confirmed and not given up: to be reviewed, or reviewed."""
        return self.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.REVIEWED])

    def standing(self) -> AssignmentQuerySet:
        """Held, or proposed: what fills a place."""
        return self.filter(state__in=[AssignmentState.PROPOSED, AssignmentState.ASSIGNED, AssignmentState.REVIEWED])

    def proposed(self) -> AssignmentQuerySet:
        return self.filter(state=AssignmentState.PROPOSED)

    def outstanding(self) -> AssignmentQuerySet:
        """Confirmed, and no sheet handed in, of applications that the experts still have before them."""
        return self.filter(state=AssignmentState.ASSIGNED, application__state=State.SCREENED, application__batch=F("batch"))

    def seen_by(self, expert: Any) -> AssignmentQuerySet:
        """An expert's own, without those of applications that they may not see."""
        seen = self.model.application.field.related_model.objects.for_expert(expert)
        return self.held().filter(expert=expert, application__in=seen.values("pk"), application__batch=F("batch"))

    def for_steps(self) -> AssignmentQuerySet:
        """Locked, with what its steps look at."""
        return self.select_related("application__batch", "batch", "expert__user", "expert__organisation").select_for_update(of=("self",))


class ReviewQuerySet(QuerySet):
    def counting(self) -> ReviewQuerySet:
        """Handed in, and not taken out of account since."""
        return self.exclude(handed_in_at=None).filter(assignment__state=AssignmentState.REVIEWED)
