"""What there is when a unit sits: seats, who holds them, acting and honorary chairs; calls, nominations; contests with their ballots, candidates, tallies and results."""

from council.models.acting import ActingChair
from council.models.call import Call
from council.models.candidate import Candidate
from council.models.contest import Contest
from council.models.honorary import HonoraryChair
from council.models.nomination import Nomination
from council.models.plan import PlanChange
from council.models.result import Result
from council.models.ruling import Ruling
from council.models.seat import Seat
from council.models.sheet import BallotSheet
from council.models.tally import Count, Tally, WriteIn
from council.models.tenure import PersonTenure, UnitTenure

__all__ = [
    "ActingChair",
    "BallotSheet",
    "Call",
    "Candidate",
    "Contest",
    "Count",
    "HonoraryChair",
    "Nomination",
    "PersonTenure",
    "PlanChange",
    "Result",
    "Ruling",
    "Seat",
    "Tally",
    "UnitTenure",
    "WriteIn",
]
