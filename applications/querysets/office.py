"""Which ones, of what the office notes down beside an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from alliance.channels.numbers import reachable
from alliance.history.models import EventQuerySet

if TYPE_CHECKING:
    from django.db.models import Model


class ProposalQuerySet(QuerySet):
    def pending(self) -> ProposalQuerySet:
        """Neither released nor replaced."""
        return self.filter(replaced_at=None, decision=None)

    def counted(self) -> list[tuple[str, int]]:
        """How many of each outcome."""
        return list(self.order_by("outcome").values_list("outcome").annotate(count=Count("pk")))


class ObjectionQuerySet(QuerySet):
    def open(self) -> ObjectionQuerySet:
        """Not examined yet."""
        return self.filter(examined="open")


class DutyExceptionQuerySet(EventQuerySet):
    def of_applications(self, user: Any) -> DutyExceptionQuerySet:
        """Those on applications that `user` of the office sees, each with its application's number."""
        application = self.model._meta.apps.get_model("applications", "Application")
        seen = application.objects.within_reach(user)
        number = Subquery(application.objects.filter(pk=OuterRef("thing_id")).values("number"))
        return self.filter(kind=application._meta.label_lower, thing_id__in=seen.order_by().values("pk")).annotate(number=number)


class HandlingQuerySet(QuerySet):
    def running(self) -> HandlingQuerySet:
        """Not let go or handed on; the application may have moved on since."""
        return self.filter(until=None)

    def in_force(self) -> HandlingQuerySet:
        """Running, and the application is still in the state it was taken up in."""
        return self.running().filter(state=F("application__state"))


class NoteQuerySet(QuerySet):
    def readable_in_office(self, user: Model) -> NoteQuerySet:
        """Those about what the secretariat sees, but for applications to which `user` is a party."""
        applications = self.model.application.field.related_model.objects
        return self.filter(application__in=applications.visible_in_office(user).not_concerning(user).values("pk"))

    def with_number(self, mobile: str) -> list[Model]:
        """Telephone notes of calls with this number, however it was written; the oldest first."""
        calls = self.exclude(telephone="").filter(telephone__contains=mobile[-2:]).select_related("application").order_by("id")
        return [each for each in calls if reachable(each.telephone) == mobile]
