"""How many votes suffice: a fraction, whether it includes its own number, and of what it is taken.

以上 includes the number itself, 过半数 and 超过 do not (Civil Code, article 1259): two thirds or more (2/3以上) of 25 is 17;
half or more (半数以上) of 24 is 12, but more than half (过半数) is 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


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
