"""Letters, each try to send one, and the office's own words for them."""

from alliance.letters.models.attempt import Attempt, Outcome
from alliance.letters.models.enclosure import Enclosure
from alliance.letters.models.letter import TRIES, Letter, State
from alliance.letters.models.wording import Hold, Wording

__all__ = ["TRIES", "Attempt", "Enclosure", "Hold", "Letter", "Outcome", "State", "Wording"]
