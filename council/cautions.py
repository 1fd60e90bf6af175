"""What to mind about a council: the ratios and periods of custom, as warnings. Each is a pure function of figures; none stops anybody."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.choices import LimitKind
from members.thresholds import LIMITS, Bound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.functional import Promise

# Customs that no term has a limit of its own for.
STANDING_FROM = Bound(
    Fraction(50), gettext_lazy("Usual practice of social organisations: with more than fifty directors there may be a standing council")
)
ASSEMBLY_UP_TO = Bound(
    Fraction(200), gettext_lazy("Usual practice of social organisations: with more than two hundred members delegates may meet")
)
ODD = gettext_lazy("Usual practice of social organisations: the number of directors is odd")
LATE = Bound(Fraction(1), gettext_lazy("Usual practice at a change of term: no more than a year early or late"))
DAYS_A_YEAR = Fraction(1461, 4)


@dataclass(frozen=True)
class Figures:
    """What the warnings are about: a term as it is planned and as it stands on a day."""

    members: int
    planned: int  # seats
    leaders: int  # seats of the chair and the vice-chairs
    coopted: int  # seats filled by co-option
    most_terms: int  # of one leader, this term included
    begins_on: date | None
    ends_on: date | None  # the last day
    day: date


@dataclass(frozen=True)
class Caution:
    """One matter: its sentence, the value, the limit, where the limit comes from, and whether the value oversteps it."""

    name: str
    says: str
    value: str
    limit: str
    source: str | Promise
    oversteps: bool


def cautions(figures: Figures, own: Mapping[str, Bound]) -> list[Caution]:
    """All that can be said of these figures, what oversteps first; `own` are the limits that the term sets itself."""
    limits = {**LIMITS, **own}
    asked = (
        council_of_members(figures.planned, figures.members, limits[LimitKind.DIRECTORS_OF_MEMBERS]),
        leaders_of_council(figures.leaders, figures.planned, limits[LimitKind.LEADERS_OF_COUNCIL]),
        odd_number(figures.planned),
        coopted_of_council(figures.coopted, figures.planned, limits[LimitKind.COOPTED_OF_COUNCIL]),
        terms_of_leaders(figures.most_terms, limits[LimitKind.TERMS_OF_LEADERS]),
        length_of_term(figures.begins_on, figures.ends_on, limits[LimitKind.YEARS_OF_TERM]),
        change_of_term(figures.ends_on, figures.day),
        standing_council(figures.planned),
        delegates(figures.members),
    )
    return sorted((each for each in asked if each), key=lambda each: not each.oversteps)


def council_of_members(planned: int, members: int, limit: Bound) -> Caution | None:
    """The council is at most a share of the members."""
    if not limit.value or not members:
        return None
    needed, over = ceil(planned / limit.value), planned > limit.value * members
    said = {"planned": planned, "members": members, "limit": limit.value, "needed": needed}
    says = (
        _("%(planned)d seats for %(members)d members are more than %(limit)s: it takes %(needed)d members.")
        if over
        else _("%(planned)d seats for %(members)d members: at most %(limit)s.")
    )
    return Caution("council_of_members", says % said, f"{planned} / {members}", str(limit.value), limit.source, over)


def leaders_of_council(leaders: int, planned: int, limit: Bound) -> Caution | None:
    """Chair and vice-chairs are at most a share of the council."""
    if not planned:
        return None
    over = leaders > limit.value * planned
    said = {"leaders": leaders, "percent": round(100 * leaders / planned), "planned": planned, "limit": limit.value}
    says = (
        _("Chair and vice-chairs hold %(leaders)d of %(planned)d seats, %(percent)d%%: more than %(limit)s.")
        if over
        else _("Chair and vice-chairs hold %(leaders)d of %(planned)d seats, %(percent)d%%: at most %(limit)s.")
    )
    return Caution("leaders_of_council", says % said, f"{leaders} / {planned}", str(limit.value), limit.source, over)


def odd_number(planned: int) -> Caution:
    even = planned % 2 == 0
    says = _("%(planned)d seats are an even number.") if even else _("%(planned)d seats are an odd number.")
    return Caution("odd_number", says % {"planned": planned}, str(planned), _("odd"), ODD, even)


def coopted_of_council(coopted: int, planned: int, limit: Bound) -> Caution:
    """Seats filled by co-option in a term are at most a share of the council."""
    most = int(limit.value * planned)
    said = {"coopted": coopted, "most": most, "limit": limit.value}
    says = (
        _("%(coopted)d seats of the term were co-opted: more than %(most)d, which is %(limit)s.")
        if coopted > most
        else _("%(coopted)d of at most %(most)d seats (%(limit)s) of the term were co-opted.")
    )
    return Caution("coopted_of_council", says % said, str(coopted), str(most), limit.source, coopted > most)


def terms_of_leaders(most_terms: int, limit: Bound) -> Caution | None:
    """Nobody is chair or vice-chair for more than so many terms."""
    if not most_terms:
        return None
    over = most_terms > limit.value
    said = {"terms": most_terms, "limit": limit.value}
    says = (
        _("A chair or vice-chair is in their term number %(terms)d: more than %(limit)s.")
        if over
        else _("No chair or vice-chair is in more than term number %(terms)d of theirs: at most %(limit)s.")
    )
    return Caution("terms_of_leaders", says % said, str(most_terms), str(limit.value), limit.source, over)


def length_of_term(begins_on: date | None, ends_on: date | None, limit: Bound) -> Caution | None:
    if begins_on is None or ends_on is None:
        return None
    end = anniversary(begins_on, int(limit.value))
    over, years = ends_on >= end, round((ends_on - begins_on).days / float(DAYS_A_YEAR), 1)
    said = {"years": years, "limit": limit.value}
    says = _("The term lasts %(years)s years: more than %(limit)s.") if over else _("The term lasts %(years)s years: at most %(limit)s.")
    return Caution("length_of_term", says % said, str(years), str(limit.value), limit.source, over)


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; after 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def change_of_term(ends_on: date | None, day: date) -> Caution | None:
    """A term that is over is followed by an election within a year."""
    if ends_on is None or day <= ends_on:
        return None
    over = (day - ends_on).days
    says = _("The term ended %(days)d days ago and no other has begun.") % {"days": over}
    return Caution("change_of_term", says, str(over), "365", LATE.source, True)


def standing_council(planned: int) -> Caution | None:
    if planned <= STANDING_FROM.value:
        return None
    says = _("A council of %(planned)d, more than %(limit)s, has a standing council.") % {"planned": planned, "limit": STANDING_FROM.value}
    return Caution("standing_council", says, str(planned), str(STANDING_FROM.value), STANDING_FROM.source, True)


def delegates(members: int) -> Caution | None:
    if members <= ASSEMBLY_UP_TO.value:
        return None
    said = {"members": members, "limit": ASSEMBLY_UP_TO.value, "least": ceil(members / 3)}
    says = _("With %(members)d members, more than %(limit)s, delegates may meet instead of all: at least %(least)d, a third.") % said
    return Caution("delegates", says, str(members), str(ASSEMBLY_UP_TO.value), ASSEMBLY_UP_TO.source, False)
