"""Every seat of a term and who holds it on a day: from the same three questions also who came, left and changed since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliance.templatetags import portal
from council.choices import STANDING, NominationState
from members.choices import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from council.models import PersonTenure, Seat, UnitTenure
    from members.models import Term

LATIN = 4  # letters take the room of two characters
ORDER = ["", *Direction.values]
FOREVER = date.max


@dataclass(frozen=True)
class Sitting:
    """A seat and who holds it on the day that is looked at: no tenure where it is vacant. `acting`: a vice-chair acts as chair from here."""

    seat: Seat
    tenure: UnitTenure | None
    sitter: PersonTenure | None = None
    acting: bool = False
    standing: Counter[str] = field(default_factory=Counter)  # nominations for its post, by state

    @property
    def is_vacant(self) -> bool:
        return self.tenure is None

    @property
    def organisation(self) -> Any:
        return self.tenure and self.tenure.unit.organisation

    @property
    def person(self) -> str:
        return self.sitter.representative.name if self.sitter else ""

    @property
    def person_since(self) -> date | None:
        """Since when the person sits, where another sat for the unit before."""
        return self.sitter.begins_on if self.sitter and self.sitter.begins_on > self.tenure.begins_on else None

    @property
    def nominated(self) -> int:
        """How many stand for its post, while it is vacant."""
        return sum(self.standing[state] for state in STANDING) if self.is_vacant else 0

    @property
    def candidates(self) -> int:
        return self.standing[NominationState.SHORTLISTED] if self.is_vacant else 0

    @property
    def vacant_since(self) -> date:
        """The day its last holder left; of a seat that nobody has held, the beginning of time."""
        return max((end_of(each) for each in self.seat.held if end_of(each) != FOREVER), default=date.min)

    @property
    def post(self) -> str:
        seat = self.seat
        return f"{seat.get_tier_display()}{_(', ')}{seat.get_direction_display()}" if seat.direction else seat.get_tier_display()

    @property
    def label(self) -> str:
        """The seat in one sentence, for those who do not see the drawing."""
        said = {"post": self.post, "number": self.seat.number}
        if self.is_vacant:
            return _("%(post)s, seat %(number)d: vacant") % said + self.waiting
        said |= {"unit": self.organisation.name, "person": self.person, "day": portal.day(self.tenure.begins_on)}
        words = _("%(post)s, seat %(number)d: %(unit)s, %(person)s, since %(day)s") % said
        return words + _(", acting chair") if self.acting else words

    @property
    def waiting(self) -> str:
        """Who stands for it, as the end of the sentence."""
        if self.candidates:
            return ngettext(", %(count)d candidate", ", %(count)d candidates", self.candidates) % {"count": self.candidates}
        if self.nominated:
            return ngettext(", %(count)d nominated", ", %(count)d nominated", self.nominated) % {"count": self.nominated}
        return ""

    @property
    def mark(self) -> str:
        """What is written inside the seat: two characters, or the first word of a name in Latin letters, as far as it fits."""
        if self.is_vacant:
            return _("vacant")
        brief = self.organisation.brief
        return brief.split()[0][:LATIN] if brief[:2].isascii() else brief[:2]

    @property
    def tag(self) -> str:
        """One character beside the seat: acting, candidates, nominated."""
        if self.acting:
            return pgettext("tag on a seat", "A")
        if self.candidates:
            return pgettext("tag on a seat", "C")
        return pgettext("tag on a seat", "N") if self.nominated else ""


@dataclass(frozen=True)
class Change:
    """What happened to a seat on a day."""

    day: date
    kind: str  # seated, left, person, added, removed
    seat: Seat
    who: str = ""

    @property
    def words(self) -> str:
        return {
            "seated": _("%(who)s took the seat"),
            "left": _("%(who)s left the seat"),
            "person": _("%(who)s fills the seat"),
            "added": _("the seat was added to the plan"),
            "removed": _("the seat was taken out of the plan"),
        }[self.kind] % {"who": self.who}


def sittings(term: Term, day: date) -> list[Sitting]:
    """Every seat of the term in reading order, with its holder on `day`: three queries."""
    return on_day(term.seats.with_tenures(day), day)


def on_day(seats: Iterable[Seat], day: date, standing: dict[tuple[int, str], Counter[str]] | None = None) -> list[Sitting]:
    """The seats that were planned on `day`, from the chair outwards, as they were held."""
    planned = [seat for seat in seats if (seat.planned_from or day) <= day < (seat.planned_until or FOREVER)]
    planned.sort(key=lambda seat: (seat.tier, ORDER.index(seat.direction), seat.number))
    return [sitting(seat, day, (standing or {}).get((seat.tier, seat.direction), Counter())) for seat in planned]


def sitting(seat: Seat, day: date, standing: Counter[str] | None = None) -> Sitting:
    """The seat as it was held on `day`; it was fetched with its tenures."""
    tenure = next((each for each in seat.held if each.begins_on <= day < end_of(each)), None)
    sitter = next((p for p in tenure.filled if p.begins_on <= day < (p.ended_on or FOREVER)), None) if tenure else None
    return Sitting(seat, tenure, sitter, acting=tenure is not None and tenure.acts, standing=standing or Counter())


def end_of(tenure: UnitTenure) -> date:
    """The first day on which it was over: whoever leaves the alliance leaves the seat, also before anybody wrote it down."""
    return min(tenure.ended_on or FOREVER, tenure.unit.ended_on or FOREVER)


def changes(seats: Iterable[Seat], since: date, until: date) -> list[Change]:
    """What happened to the seats after one day and up to another, in its order."""
    found = [change for seat in seats for change in of_seat(seat) if since < change.day <= until]
    return sorted(found, key=lambda change: (change.day, change.seat.number))


def of_seat(seat: Seat) -> Iterable[Change]:
    if seat.planned_from:
        yield Change(seat.planned_from, "added", seat)
    if seat.planned_until:
        yield Change(seat.planned_until, "removed", seat)
    for tenure in seat.held:
        unit = tenure.unit.organisation.name
        yield Change(tenure.begins_on, "seated", seat, unit)
        if (end := end_of(tenure)) != FOREVER:
            yield Change(end, "left", seat, unit)
        for person in tenure.filled:
            if person.begins_on > tenure.begins_on:
                yield Change(person.begins_on, "person", seat, f"{unit} · {person.representative.name}")


def coopted(seats: Iterable[Seat], day: date) -> int:
    """How many seats were filled by co-option up to `day`; one that was handed on to a successor counts once."""
    return len({(each.resolution_id, seat.pk) for seat in seats for each in seat.held if each.resolution_id and each.begins_on <= day})
