"""Which ones, of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from applications.choices import EnquiryState
from members.querysets import reach_of

if TYPE_CHECKING:
    from datetime import datetime


class EnquiryQuerySet(QuerySet):
    def within_reach(self, user: Any) -> EnquiryQuerySet:
        """All of them; for branch staff those that somebody asked who answers for an application within it."""
        if reach_of(user) is None:
            return self
        applications = self.model._meta.apps.get_model("applications", "Application").objects
        return self.filter(asked_by__in=applications.within_reach(user).values("applicant"))

    def open_to(self, user: Any) -> EnquiryQuerySet:
        """What somebody may read who knows its address: their own, and what was asked without an account, whose address is its key."""
        return self.filter(Q(asked_by=None) | Q(asked_by=user.pk)) if user.is_authenticated else self.filter(asked_by=None)

    def to_answer(self) -> EnquiryQuerySet:
        """Not answered yet, the one due first in front."""
        return self.filter(state=EnquiryState.ASKED).order_by("due_at", "id")

    def overdue(self, moment: datetime) -> EnquiryQuerySet:
        """Not answered, although the day for it is over."""
        return self.to_answer().filter(due_at__lte=moment)


class FrequentQuestionQuerySet(QuerySet):
    def shown_in(self, language: str) -> FrequentQuestionQuerySet:
        """What everybody reads in `language`, in the office's order."""
        return self.filter(is_shown=True, language=language).order_by("position", "id")
