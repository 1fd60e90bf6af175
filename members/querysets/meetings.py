"""Which terms, roll entries and resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from alliance import clock
from members.choices import Counted, MeetingState, MotionState, Weight

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model


class AttendanceQuerySet(QuerySet):
    def called(self) -> AttendanceQuerySet:
        """Those that count (应到): what was struck from the roll does not."""
        return self.filter(struck_at=None)

    def present(self) -> AttendanceQuerySet:
        return self.exclude(signed_in_at=None)

    def absent(self) -> AttendanceQuerySet:
        return self.called().filter(signed_in_at=None)

    def named(self) -> AttendanceQuerySet:
        """With the unit's name and who votes for it, in two statements."""
        return self.select_related("unit__organisation").prefetch_related("proxies")

    def of(self, user: Model) -> AttendanceQuerySet:
        """The lines whose vote `user` casts: as who stands on the roll, or by a proxy that stands."""
        speaks = Q(unit__representatives__user=user, unit__representatives__until=None, unit__representatives__name=F("voter"))
        proxies = self.model.proxies.rel.related_model.objects.filter(user=user, revoked_at=None)
        return self.called().filter(Q(user=user) | speaks | Q(pk__in=proxies.order_by().values("attendance"))).distinct()

    def found_by(self, words: str) -> AttendanceQuerySet:
        """Those whose unit holds every one of `words`, or whose voter or proxy does."""
        units = self.model.unit.field.related_model.objects.found_by(words)
        proxies = self.model.proxies.rel.related_model.objects.filter(name__icontains=words, revoked_at=None)
        person = Q(unit__organisation__name__contains=words) | Q(voter__icontains=words) | Q(pk__in=proxies.order_by().values("attendance"))
        return self.filter(Q(unit__in=units.order_by().values("pk")) | person)

    def upcoming(self) -> AttendanceQuerySet:
        """Those of meetings that are called and not over, the nearest first."""
        states = [MeetingState.CONVENED, MeetingState.OPEN]
        return self.called().filter(meeting__state__in=states).select_related("meeting__term").order_by("meeting__held_at")


class MeetingQuerySet(QuerySet):
    def for_steps(self) -> MeetingQuerySet:
        return self.select_related("term").select_for_update(of=("self",))

    def of(self, user: Model) -> MeetingQuerySet:
        """Those to which `user` is called, with a vote."""
        attendances = self.model.attendances.rel.related_model.objects.of(user)
        return self.exclude(state=MeetingState.PLANNED).filter(pk__in=attendances.values("meeting"))


class MotionQuerySet(QuerySet):
    def for_steps(self) -> MotionQuerySet:
        return self.select_related("meeting__term", "resolution").select_for_update(of=("self",))

    def open(self) -> MotionQuerySet:
        return self.filter(state=MotionState.OPEN)

    def by_phone(self) -> MotionQuerySet:
        """Those on which voters vote for themselves: named, ordinary, being voted on."""
        return self.open().filter(way=Counted.NAMED, weight=Weight.ORDINARY)


class ResolutionQuerySet(QuerySet):
    def of_assemblies(self, assemblies: list[str]) -> ResolutionQuerySet:
        """Resolved by one of these bodies, the newest first."""
        return self.filter(meeting__assembly__in=assemblies).select_related("meeting__term")

    def resting_only(self, *kinds: type[Model]) -> ResolutionQuerySet:
        """Those on which nothing rests but rows of these kinds, and the motion that made them: they decided nothing else."""
        found = self
        for each in self.model._meta.related_objects:
            if each.related_model not in kinds and each.one_to_many:
                name = each.field.name
                found = found.exclude(pk__in=each.related_model.objects.exclude(**{name: None}).values(name))
        return found


class TermQuerySet(QuerySet):
    def current(self, on: date | None = None) -> Model | None:
        """The term that has begun last, by today or by a day; before the founding, the first one planned."""
        begun = self.filter(begins_on__lte=on or clock.today()).order_by("-number").first()
        return begun or self.order_by("number").first()
