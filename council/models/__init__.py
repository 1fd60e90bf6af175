"""What there is when a unit sits: seats, who holds them, acting and honorary chairs, calls and nominations, contests with their candidates and tallies."""

from council.models.acting import ActingChair
from council.models.call import Call
from council.models.contest import Candidate, Contest, Count, Tally
from council.models.honorary import HonoraryChair
from council.models.nomination import Nomination
from council.models.plan import PlanChange
from council.models.seat import Seat
from council.models.tenure import PersonTenure, UnitTenure

__all__ = [
    "ActingChair",
    "Call",
    "Candidate",
    "Contest",
    "Count",
    "HonoraryChair",
    "Nomination",
    "PersonTenure",
    "PlanChange",
    "Seat",
    "Tally",
    "UnitTenure",
]
