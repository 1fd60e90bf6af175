"""What can happen to a nomination and to a contest, and how a unit and a person come to hold a seat."""

from council.workflow.electing import Votes, call_runoff, certify, contests, count, declare_void, digest, outcome, start_voting
from council.workflow.handing import change_person, hand_back, hand_on, leave_seat
from council.workflow.nominating import accept_nomination, block, decline_nomination, nominate, nominations, shortlist
from council.workflow.planning import change_plan, fault_of_resolution, faults_of_plan, plan_of
from council.workflow.seating import end_lapsed, take_office, vacate

__all__ = [
    "Votes",
    "accept_nomination",
    "block",
    "call_runoff",
    "certify",
    "change_person",
    "change_plan",
    "contests",
    "count",
    "declare_void",
    "decline_nomination",
    "digest",
    "end_lapsed",
    "fault_of_resolution",
    "faults_of_plan",
    "hand_back",
    "hand_on",
    "leave_seat",
    "nominate",
    "nominations",
    "outcome",
    "plan_of",
    "shortlist",
    "start_voting",
    "take_office",
    "vacate",
]
