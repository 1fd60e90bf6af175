"""What can happen to a call, a nomination and a contest, and how a unit and a person come to hold a seat, and leave it."""

from council.election import Votes
from council.workflow.acting import act_for_chair, end_acting
from council.workflow.attending import candidates, seated
from council.workflow.balloting import destroy_unused, issue_ballots, sheets
from council.workflow.calling import calls, cancel_call, draw_up, extend_call, open_call, publish_list, settle_list
from council.workflow.certifying import certify, certify_correction, drop_correction, propose_correction, sign, take_signature_back
from council.workflow.co_opting import CoOptions, co_opt, co_options
from council.workflow.counting import agree_tally, count, count_again, differing, sheet_differs
from council.workflow.deciding import announce, call_runoff, decide_write_in, declare_void, leave_vacant
from council.workflow.electing import as_written, contests, outcome, start_voting
from council.workflow.handing import change_person, hand_back, hand_on, leave_seat
from council.workflow.installing import holders, seat_directors, vacant_by_direction, without_seat
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
    take_back_recommendation,
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
    "agree_tally",
    "agree_to_stand",
    "announce",
    "as_written",
    "begin_term",
    "block",
    "call_runoff",
    "calls",
    "cancel_call",
    "candidates",
    "certify",
    "certify_correction",
    "change_person",
    "change_plan",
    "co_opt",
    "co_options",
    "contests",
    "count",
    "count_again",
    "decide_write_in",
    "declare_void",
    "decline_nomination",
    "destroy_unused",
    "differing",
    "draw_up",
    "drop_correction",
    "end_acting",
    "end_lapsed",
    "extend_call",
    "fault_of_resolution",
    "faults_of_plan",
    "hand_back",
    "hand_on",
    "holders",
    "issue_ballots",
    "leave_seat",
    "leave_vacant",
    "nominate",
    "nominations",
    "open_call",
    "open_term",
    "outcome",
    "plan_of",
    "propose_correction",
    "publish_list",
    "put_forward",
    "record_acceptance",
    "seat_directors",
    "seated",
    "settle_list",
    "sheet_differs",
    "sheets",
    "shortlist",
    "sign",
    "start_voting",
    "take_back_recommendation",
    "take_office",
    "take_signature_back",
    "vacant_by_direction",
    "vacate",
    "withdraw_nomination",
    "without_seat",
]
