"""Which listings of the directory, and who chose to show what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from members.spelling import as_listed, places_called

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MOST_WORDS, LONGEST_QUESTION = 8, 100


def holding(word: str) -> Q:
    """Whose words hold this one, already folded."""
    first, *others = as_listed(word)
    held = Q(words__contains=first)
    for other in others:
        held |= Q(words__contains=other)
    return held


class ListingQuerySet(QuerySet):
    def running(self) -> ListingQuerySet:
        """Of units that belong to the alliance now, suspended ones included: the few that left are looked up, not the many that stayed."""
        return self.exclude(unit__in=self.units().left())

    def on_date(self, day: date) -> ListingQuerySet:
        """Of units that belonged on this day."""
        return self.admitted(by=day).exclude(unit__in=self.units().left(by=day))

    def admitted(self, *, by: date) -> ListingQuerySet:
        """Of units that came by this day, whether they stayed or not."""
        return self.filter(admitted_on__lte=by)

    def left(self, *, by: date) -> ListingQuerySet:
        """Of those of them that were gone by this day."""
        return self.admitted(by=by).filter(unit__in=self.units().left(by=by))

    def units(self) -> QuerySet:
        return self.model.unit.field.related_model.objects.order_by()

    def found_by(self, words: str) -> ListingQuerySet:
        """Those that hold every one of `words`, already folded: in a name, a former name, the number, as initials, or as the name of its region."""
        found = self
        for word in words[:LONGEST_QUESTION].split()[:MOST_WORDS]:
            places = places_called(word)
            found = found.filter(holding(word) | Q(place__in=places) if places else holding(word))
        return found


class DisclosureQuerySet(QuerySet):
    def hidden_from_public(self, units: Iterable[int], fields: Iterable[str]) -> dict[int, dict[str, str]]:
        """What these units chose for these fields, by unit and field."""
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for unit, field, audience in self.filter(unit__in=units, field__in=fields).values_list("unit", "field", "audience"):
            found[unit][field] = audience
        return found


class NameConsentQuerySet(QuerySet):
    def in_force(self) -> NameConsentQuerySet:
        return self.filter(taken_back_at=None)

    def for_council(self) -> NameConsentQuerySet:
        """In force, and given to a text that speaks of the council's lists."""
        return self.in_force().filter(version__gte=self.model.COVERS_COUNCIL)
