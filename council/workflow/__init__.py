"""What can happen to a nomination and to a contest, and how a unit and a person come to hold a seat."""

from council.election import Votes
from council.workflow.balloting import destroy_unused, issue_ballots, sheets
from council.workflow.certifying import certify, certify_correction, drop_correction, propose_correction, sign, take_signature_back
from council.workflow.counting import agree_tally, count, count_again, differing, sheet_differs
from council.workflow.deciding import announce, call_runoff, decide_write_in, declare_void, leave_vacant
from council.workflow.electing import as_written, contests, digest, outcome, start_voting
from council.workflow.handing import change_person, hand_back, hand_on, leave_seat
from council.workflow.installing import holders, seat_directors, vacant_by_direction, without_seat
from council.workflow.nominating import accept_nomination, block, decline_nomination, nominate, nominations, shortlist
from council.workflow.seating import end_lapsed, take_office, vacate

__all__ = [
    "Votes",
    "accept_nomination",
    "agree_tally",
    "announce",
    "as_written",
    "block",
    "call_runoff",
    "certify",
    "certify_correction",
    "change_person",
    "contests",
    "count",
    "count_again",
    "decide_write_in",
    "declare_void",
    "decline_nomination",
    "destroy_unused",
    "differing",
    "digest",
    "drop_correction",
    "end_lapsed",
    "hand_back",
    "hand_on",
    "holders",
    "issue_ballots",
    "leave_seat",
    "leave_vacant",
    "nominate",
    "nominations",
    "outcome",
    "propose_correction",
    "seat_directors",
    "sheet_differs",
    "sheets",
    "shortlist",
    "sign",
    "start_voting",
    "take_office",
    "take_signature_back",
    "vacant_by_direction",
    "vacate",
    "without_seat",
]
