"""Who may, of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.stages.models import StagePaper

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alliance.accounts.models import User


def readable(user: User) -> QuerySet[StagePaper]:
    """The papers of the stages whose files `user` may read: the secretariat all, anybody else none."""
    return StagePaper.objects.all() if user.is_secretariat else StagePaper.objects.none()
