"""Everything that the allocation page says of a term on a day: a constant number of questions, no writes. The page, its PDF, CSV and JSON ask here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from alliance import clock
from council import cautions as minded
from council.allocation import Unfillable
from council.dashboard import balance, progress, seats, table
from council.dashboard.alternative import Alternative, alternative, usual
from council.dashboard.drawing import drawing
from council.models import PersonTenure
from members.choices import Direction, Tier
from members.models import Body, Term
from members.thresholds import Bound

if TYPE_CHECKING:
    from council.models import Seat

LONG = 730  # days, from which on months tell the marks of the slider apart
LEADERS = (Tier.CHAIR, Tier.VICE_CHAIR)


@dataclass(frozen=True)
class Board:
    """A term on a day, and what follows from it."""

    term: Term
    terms: list[Term]
    day: date
    seats: list[Seat]  # with all tenures
    nominations: dict[progress.Post, Counter[str]]  # none on a past day: they say where nominations stand now

    @property
    def is_past(self) -> bool:
        return self.day != clock.today()

    @cached_property
    def rows(self) -> list[seats.Sitting]:
        return seats.on_day(self.seats, self.day, self.nominations)

    @cached_property
    def acting(self) -> int:
        return sum(row.acting for row in self.rows)

    @cached_property
    def drawing(self) -> dict[str, Any]:
        return drawing(self.rows)

    @cached_property
    def members(self) -> balance.Mix:
        return balance.members_on(self.day)

    @cached_property
    def plan(self) -> list[dict[str, Any]]:
        return table.plan(self.rows, self.members.directions)

    @cached_property
    def foot(self) -> dict[str, Any]:
        return table.totals(self.plan)

    @cached_property
    def strips(self) -> list[balance.Strip]:
        return balance.strips(balance.council_of(self.rows), self.members, Body.objects.branch_regions())

    @cached_property
    def funnels(self) -> list[progress.Funnel]:
        """The election to what is vacant, as it stands now."""
        if self.is_past or not self.foot["total"]["vacant"]:
            return []
        return progress.funnels(self.rows, self.nominations, progress.contests_of(self.term))

    @cached_property
    def changes(self) -> list[seats.Change]:
        """What happened to the seats from this day up to now."""
        return seats.changes(self.seats, self.day, clock.today())

    @cached_property
    def changed(self) -> dict[str, int]:
        return dict(Counter(change.kind for change in self.changes))

    @cached_property
    def cautions(self) -> list[minded.Caution]:
        led = [row for row in self.rows if row.seat.tier in LEADERS]
        figures = minded.Figures(
            members=self.members.total,
            planned=len(self.rows),
            leaders=len(led),
            coopted=seats.coopted(self.seats, self.term.begins_on, self.day),
            most_terms=most_terms(led, self.term),
            begins_on=self.term.begins_on,
            ends_on=self.term.ends_on,
            day=self.day,
        )
        return minded.cautions(figures, {limit.kind: Bound(limit.value, limit.source) for limit in self.term.limits.all()})

    @cached_property
    def alternative(self) -> Alternative | None:
        """What another division would give, of the plan as it stands today."""
        if self.is_past:
            return None
        plan = Counter((row.seat.tier, row.seat.direction) for row in self.rows)
        counts = {direction: self.members.directions[direction] for direction in Direction.values}
        try:
            return alternative(plan, usual(counts))
        except Unfillable:
            return None

    @property
    def overstepped(self) -> list[minded.Caution]:
        return [caution for caution in self.cautions if caution.oversteps]

    @property
    def kept(self) -> list[minded.Caution]:
        return [caution for caution in self.cautions if not caution.oversteps]

    @property
    def slider(self) -> dict[str, Any] | None:
        """The days between which it slides: of the term, as far as it has come."""
        first, last = self.term.begins_on, min(clock.today(), self.term.ends_on or clock.today())
        if first is None or first >= last:
            return None
        days = (last - first).days
        parts = 5 if days >= LONG else 2
        marks = [date.fromordinal(first.toordinal() + days * n // parts) for n in range(parts + 1)]
        return {
            "first": first,
            "last": last,
            "days": days,
            "at": max(0, min(days, (self.day - first).days)),
            "marks": marks,
            "is_long": days >= LONG,
        }


def most_terms(led: list[seats.Sitting], term: Term) -> int:
    """In which term of theirs the chair or a vice-chair is who has been one for longest: one question."""
    persons = {row.sitter.representative_id for row in led if row.sitter}
    if not persons:
        return 0
    earlier = PersonTenure.objects.filter(
        representative__in=persons, unit_tenure__seat__tier__in=LEADERS, unit_tenure__term__number__lt=term.number
    ).order_by()
    counted = Counter(person for person, _term in set(earlier.values_list("representative", "unit_tenure__term")))
    return 1 + max(counted.values(), default=0)


def board(day: date | None, number: int | None = None) -> Board | None:
    """The term of that number, or the one of the day; None where there is no such term. Without a day, today, or the last one of a term that is past."""
    terms, today = list(Term.objects.order_by("number")), clock.today()
    begun = [term for term in terms if term.begins_on and term.begins_on <= (day or today)]
    usual = begun[-1:] or terms[:1]
    found = [term for term in terms if term.number == number] if number is not None else usual
    if not found:
        return None
    term = found[0]
    after = min((each.begins_on for each in begun if each.number > term.number), default=None)
    day = day or (after - timedelta(days=1) if after else today)
    nominations = progress.nominations_of(term) if day == today else {}
    return Board(term, terms, day, list(term.seats.with_tenures()), nominations)
