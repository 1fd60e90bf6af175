"""Which rows of a membership's life: suspensions, expulsions, resignations, successions, representatives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from members.choices import RUNNING, ResignationState

if TYPE_CHECKING:
    from datetime import date, datetime


class SuspensionQuerySet(QuerySet):
    def running(self) -> SuspensionQuerySet:
        return self.filter(ended_on=None)

    def over(self, day: date) -> SuspensionQuerySet:
        """Running, and meant to have ended by this day."""
        return self.running().filter(until__lte=day)


class RepresentativeQuerySet(QuerySet):
    def current(self) -> RepresentativeQuerySet:
        return self.filter(until=None)

    def on_date(self, day: date) -> RepresentativeQuerySet:
        """Those who represented their unit on this day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class ExpulsionQuerySet(QuerySet):
    def open(self) -> ExpulsionQuerySet:
        """Neither decided nor dropped."""
        return self.filter(decided_on=None, dropped_on=None)


class ResignationQuerySet(QuerySet):
    def standing(self) -> ResignationQuerySet:
        """Given, and not withdrawn."""
        return self.exclude(state=ResignationState.WITHDRAWN)

    def to_confirm(self) -> ResignationQuerySet:
        return self.filter(state=ResignationState.GIVEN)

    def due(self, day: date) -> ResignationQuerySet:
        """Confirmed, of units that are still there although the day has come."""
        return self.filter(state=ResignationState.CONFIRMED, effective_on__lte=day, unit__state__in=RUNNING)


class SuccessionQuerySet(QuerySet):
    def in_force(self) -> SuccessionQuerySet:
        """Not undone."""
        return self.filter(undone_at=None)

    def fresh(self, now: datetime, within: timedelta) -> SuccessionQuerySet:
        """In force, and so young that they can still be undone."""
        return self.in_force().filter(taken_at__gt=now - within)
