"""Which ones, of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from alliance.announcements.choices import Audience, State
from members.models import MemberUnit

if TYPE_CHECKING:
    from datetime import datetime


class AnnouncementQuerySet(QuerySet):
    def published(self) -> AnnouncementQuerySet:
        return self.filter(state=State.PUBLISHED)

    def in_force(self, moment: datetime) -> AnnouncementQuerySet:
        """Published, and `moment` lies in [valid_from, valid_until)."""
        return self.published().filter(Q(valid_until=None) | Q(valid_until__gt=moment), valid_from__lte=moment)

    def over(self, moment: datetime) -> AnnouncementQuerySet:
        """Once public: past its last day, or withdrawn after it had been in force."""
        begun = self.filter(published_at__isnull=False, valid_from__lte=moment)
        ended = Q(state=State.PUBLISHED, valid_until__lte=moment) | Q(state=State.WITHDRAWN, withdrawn_at__gt=F("valid_from"))
        return begun.filter(ended)

    def addressed_to(self, user: Any) -> AnnouncementQuerySet:
        """What is meant for this reader: everybody's, and the members' for whoever acts for a member unit or is of the office."""
        return self if hears_members(user) else self.filter(audience=Audience.PUBLIC)

    def public(self) -> AnnouncementQuerySet:
        return self.filter(audience=Audience.PUBLIC)

    def for_members(self) -> AnnouncementQuerySet:
        return self.filter(audience=Audience.MEMBERS)

    def readable_by(self, user: Any, moment: datetime) -> AnnouncementQuerySet:
        """In force and meant for this reader; the office reads every one, drafts included."""
        if user.is_authenticated and user.is_secretariat:
            return self
        return self.in_force(moment).addressed_to(user)

    def latest(self) -> AnnouncementQuerySet:
        return self.order_by("-valid_from", "-id")


def hears_members(user: Any) -> bool:
    """Whether the members' announcements are meant for this reader."""
    return user.is_authenticated and (user.is_secretariat or MemberUnit.objects.of(user).exists())
