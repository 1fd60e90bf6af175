"""Who may, of announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.announcements.models import Announcement
from members.rules import is_officer

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["is_officer", "readable"]


def readable(user: Any) -> QuerySet[Announcement]:
    """The announcements whose page and files `user`, or somebody who is not signed in, may read now."""
    return Announcement.objects.readable_by(user, clock.now())
