"""What can happen to a call, a nomination and a contest, and how a unit and a person come to hold a seat, and leave it."""

from council.workflow.acting import act_for_chair, end_acting
from council.workflow.attending import candidates, seated
from council.workflow.calling import calls, cancel_call, draw_up, extend_call, open_call, publish_list, settle_list
from council.workflow.co_opting import CoOptions, co_opt, co_options
from council.workflow.electing import Votes, call_runoff, certify, contests, count, declare_void, digest, outcome, start_voting
from council.workflow.handing import change_person, hand_back, hand_on, leave_seat
from council.workflow.nominating import (
    accept_nomination,
    agree_to_stand,
    block,
    decline_nomination,
    nominate,
    nominations,
    put_forward,
    record_acceptance,
    shortlist,
    withdraw_nomination,
)
from council.workflow.planning import change_plan, fault_of_resolution, faults_of_plan, plan_of
from council.workflow.seating import end_lapsed, take_office, vacate
from council.workflow.turning import begin_term, open_term

__all__ = [
    "CoOptions",
    "Votes",
    "accept_nomination",
    "act_for_chair",
    "agree_to_stand",
    "begin_term",
    "block",
    "call_runoff",
    "calls",
    "cancel_call",
    "candidates",
    "certify",
    "change_person",
    "change_plan",
    "co_opt",
    "co_options",
    "contests",
    "count",
    "declare_void",
    "decline_nomination",
    "digest",
    "draw_up",
    "end_acting",
    "end_lapsed",
    "extend_call",
    "fault_of_resolution",
    "faults_of_plan",
    "hand_back",
    "hand_on",
    "leave_seat",
    "nominate",
    "nominations",
    "open_call",
    "open_term",
    "outcome",
    "plan_of",
    "publish_list",
    "put_forward",
    "record_acceptance",
    "seated",
    "settle_list",
    "shortlist",
    "start_voting",
    "take_office",
    "vacate",
    "withdraw_nomination",
]
