"""Everything that the allocation page says of a term on a day: a constant number of questions, no writes. The page, its PDF, CSV and JSON ask here."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F

from alliance import clock
from council import cautions as minded
from council.allocation import Unfillable
from council.dashboard import balance, progress, seats, table
from council.dashboard.alternative import Alternative, alternative, usual
from council.dashboard.drawing import drawing
from members.choices import Direction, Tier
from members.models import Term
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
    limits: dict[str, Bound]  # that the term sets itself
    election: progress.Election | None  # none on a past day: it says where the election stands now

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def is_past(self) -> bool:
        return self.day != self.today

    @cached_property
    def rows(self) -> list[seats.Sitting]:
        return seats.on_day(self.seats, self.day, self.election.nominations if self.election else None)

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
        return balance.strips(balance.council_of(self.rows), self.members)

    @cached_property
    def funnels(self) -> list[progress.Funnel]:
        """The election to what is vacant, as it stands now."""
        return progress.funnels(self.rows, self.election) if self.election else []

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
            coopted=seats.coopted(self.seats, self.day),
            most_terms=max((1 + row.sitter.led_before for row in led if row.sitter), default=0),
            begins_on=self.term.begins_on,
            ends_on=self.term.ends_on,
            day=self.day,
        )
        return minded.cautions(figures, self.limits)

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


def board(day: date | None, number: int | None = None) -> Board | None:
    """The term of that number, or the one of the day; None where there is no such term. Without a day, today, or the last one of a term that is past."""
    (terms, limits), today = terms_with_limits(), clock.today()
    begun = [term for term in terms if term.begins_on and term.begins_on <= (day or today)]
    usual = begun[-1:] or terms[:1]
    found = [term for term in terms if term.number == number] if number is not None else usual
    if not found:
        return None
    term = found[0]
    after = min((each.begins_on for each in begun if each.number > term.number), default=None)
    day = day or (after - timedelta(days=1) if after else today)
    election = progress.election_of(term) if day == today else None
    return Board(term, terms, day, list(term.seats.with_tenures(day)), limits[term.pk], election)


def terms_with_limits() -> tuple[list[Term], dict[int, dict[str, Bound]]]:
    """All terms, and the limits each sets itself: one question."""
    limit = {"kind": F("limits__kind"), "above": F("limits__numerator"), "below": F("limits__denominator"), "source": F("limits__source")}
    terms: dict[int, Term] = {}
    limits: dict[int, dict[str, Bound]] = defaultdict(dict)
    for row in Term.objects.order_by("number").annotate(**limit):
        terms.setdefault(row.pk, row)
        if row.kind:
            limits[row.pk][row.kind] = Bound(Fraction(row.above, row.below), row.source)
    return list(terms.values()), limits
