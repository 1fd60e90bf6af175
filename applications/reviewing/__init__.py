"""Who reviews what, recusal, and the summary put before the meeting."""

from applications.reviewing.assigning import assign, assignments, declare, end_conflict, pin, refuse_unfit
from applications.reviewing.conducting import REVIEWING, begin_rounds
from applications.reviewing.proposing import plan, propose
from applications.reviewing.summing import summary

__all__ = [
    "REVIEWING",
    "assign",
    "assignments",
    "begin_rounds",
    "declare",
    "end_conflict",
    "pin",
    "plan",
    "propose",
    "refuse_unfit",
    "summary",
]
