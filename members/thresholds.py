"""How many votes suffice: a fraction, whether it includes its own number, and of what it is taken.

以上 includes the number itself, 过半数 and 超过 do not (Civil Code, article 1259): two thirds or more (2/3以上) of 25 is 17;
half or more (半数以上) of 24 is 12, but more than half (过半数) is 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members.choices import Base, LimitKind, Matter

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Threshold:
    """`fraction` of a base; `inclusive` where reaching it is enough."""

    fraction: Fraction
    inclusive: bool

    def least(self, base: int) -> int:
        """The smallest whole number of votes that suffices when the base counts `base`; nothing passes without a vote."""
        exact = self.fraction * base
        return max(1, ceil(exact) if self.inclusive else floor(exact) + 1)


TWO_THIRDS = Threshold(Fraction(2, 3), inclusive=True)
MORE_THAN_HALF = Threshold(Fraction(1, 2), inclusive=False)


@dataclass(frozen=True)
class Majority:
    """A threshold, what it is taken of, and where it comes from."""

    threshold: Threshold
    base: Base
    source: str | Promise


CUSTOM = _("Usual practice of alliances")
CHARTERS = _("Model charter of social organisations")

# Where a term has no rule of its own (the notice fixes none), the custom of comparable bodies.
RULES = {
    Matter.QUORUM: Majority(TWO_THIRDS, Base.ELIGIBLE, CHARTERS),
    Matter.DIRECTORS: Majority(MORE_THAN_HALF, Base.PRESENT, CHARTERS),
    Matter.LEADERS: Majority(TWO_THIRDS, Base.PRESENT, CHARTERS),
    Matter.OTHER_POSTS: Majority(MORE_THAN_HALF, Base.PRESENT, CUSTOM),
    Matter.RESOLUTIONS: Majority(TWO_THIRDS, Base.PRESENT, CHARTERS),
    Matter.WEIGHTY: Majority(TWO_THIRDS, Base.ELIGIBLE, CUSTOM),
}


@dataclass(frozen=True)
class Bound:
    """The most, or for a period of notice the least, that a term allows: a share below one, or a whole number."""

    value: Fraction
    source: str | Promise


LIMITS = {
    LimitKind.DIRECTORS_OF_MEMBERS: Bound(
        Fraction(1, 3), _("Usual practice of social organisations: no more directors than a third of the members")
    ),
    LimitKind.LEADERS_OF_COUNCIL: Bound(
        Fraction(1, 3), _("Usual practice of social organisations: no more leaders than a third of the directors")
    ),
    LimitKind.COOPTED_OF_COUNCIL: Bound(
        Fraction(1, 5), _("Usual practice at a change of term: no more co-opted within a term than a fifth of the directors")
    ),
    LimitKind.AGE_OF_LEADERS: Bound(Fraction(70), _("Usual practice for leaders of social organisations: no older than seventy years")),
    LimitKind.TERMS_OF_LEADERS: Bound(
        Fraction(2), _("Usual practice for leaders of social organisations: no more than two terms in a row")
    ),
    LimitKind.YEARS_OF_TERM: Bound(Fraction(5), _("Registration of social organisations: a term is no longer than five years")),
    LimitKind.NOTICE_TO_MEMBERS: Bound(Fraction(10), CHARTERS),
    LimitKind.NOTICE_TO_COUNCIL: Bound(Fraction(3), CUSTOM),
}
