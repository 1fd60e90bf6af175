"""Which ones, of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from alliance import locks
from applications.choices import OPEN, State
from members.querysets import reach_of

if TYPE_CHECKING:
    from datetime import datetime


BATCHES = "the calendar of batches"


class BatchQuerySet(QuerySet):
    def hold_still(self) -> None:
        """Keep every deadline where it is until this transaction ends: for submitting; many may hold it at once."""
        locks.hold(BATCHES, shared=True)

    def hold_alone(self) -> None:
        """Wait for every submission under way, and keep new ones out: for closing a batch or moving its deadline."""
        locks.hold(BATCHES)

    def accepting(self, moment: datetime) -> QuerySet:
        """The batch that receives what is submitted at `moment`: opened at or before it, and not past its deadline."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=moment), opens_at__lte=moment)

    def ahead(self, moment: datetime) -> QuerySet:
        """Not open yet, the next first."""
        return self.filter(opens_at__gt=moment).order_by("number")

    def over(self, moment: datetime) -> QuerySet:
        """Past their deadline, the latest first."""
        return self.filter(closes_at__lte=moment).order_by("-number")

    def due(self, moment: datetime) -> QuerySet:
        """Past their deadline, and not closed yet."""
        return self.filter(closes_at__lte=moment, closed_at=None).order_by("number")

    def under_publicity(self) -> QuerySet:
        """With units under public notice: `published` of them, the first since `published_from`, the last until `published_until`."""
        shown = Q(applications__state__in=[State.PUBLICITY, State.OBJECTION])
        return (
            self.filter(shown)
            .annotate(
                published=Count("applications", filter=shown),
                published_from=Min("applications__publicity_from", filter=shown),
                published_until=Max("applications__publicity_until", filter=shown),
            )
            .order_by("-number")
        )

    def reviewed_by_experts(self) -> QuerySet:
        """Closed, and the experts review it."""
        return self.filter(expert_review=True, closed_at__isnull=False).order_by("number")

    def under_review(self) -> QuerySet:
        """With applications that are on their way, the oldest first."""
        return self.filter(applications__state__in=OPEN).distinct().order_by("number")

    def on_the_desk(self, moment: datetime) -> QuerySet:
        """The oldest with applications that are on their way; where there is none, the one that receives now."""
        applications = self.model.applications.rel.related_model.objects
        busy = Exists(applications.filter(batch=OuterRef("pk"), state__in=OPEN))
        receives = Q(pk__in=self.model.objects.accepting(moment).values("pk"))
        return self.annotate(is_busy=busy).filter(Q(is_busy=True) | receives).order_by("-is_busy", "number")

    def with_figures(self, user: Any = None) -> QuerySet:
        """Each with how many drafts, submissions and admissions it has; for branch staff, of what they see."""
        seen = Q()
        if reach_of(user) is not None:
            seen = Q(applications__in=self.model.applications.rel.related_model.objects.within_reach(user).values("pk"))
        return self.annotate(
            drafts=Count("applications", filter=seen & Q(applications__state=State.DRAFT)),
            received=Count("applications", filter=seen & Q(applications__submitted_at__isnull=False)),
            admitted=Count("applications", filter=seen & Q(applications__state=State.ADMITTED)),
        )
