"""What can happen to what belongs: to a membership, its certificates and wishes, to a meeting, and to the alliance itself."""

from alliance.facts.workflow import founding
from members.workflow.admitting import admit, recognise
from members.workflow.attending import enter_sheet, give_proxy, lacking, sign_in, strange, take_proxy_back, undo_sign_in
from members.workflow.belonging import reinstate, reinstate_due, suspend
from members.workflow.calling import calls, candidates_of, late, names_candidates
from members.workflow.certifying import end_certificate, issue_certificate, new_certificate, replace_certificate
from members.workflow.changing import change_representative, keep_former_name, rename
from members.workflow.confirming import (
    campaigns,
    close_campaign,
    confirm,
    confirm_with_changes,
    confirmations,
    open_campaign,
    open_due,
    record_confirmation,
)
from members.workflow.convening import add_to_roll, close_meeting, convene, lines_of, meetings, new_line, open_meeting, strike_from_roll
from members.workflow.disciplining import charge, drop_charges, expel, hear_defence, sanction
from members.workflow.disclosing import agree_to_be_named, disclose, take_back_name
from members.workflow.inaugurating import found, last_day
from members.workflow.leaving import (
    confirm_resignation,
    deem_resigned,
    give_notice,
    idle_since,
    leave_by_notice,
    resign,
    resignations,
    terminate,
    withdraw_resignation,
)
from members.workflow.moving import cast, close_vote, count_hands, motions, open_motion, unbalanced, withdraw_motion
from members.workflow.recertifying import certificates, dispatch, extend, reissue, renew, void
from members.workflow.requesting import ask_for_changes, requests, settle_request, withdraw_request
from members.workflow.sealing import keep_sealed, look_at, receive
from members.workflow.sitting import end_tenure, sittings
from members.workflow.states import membership
from members.workflow.succeeding import (
    against_merging,
    against_undoing,
    merge,
    split,
    take_back,
    undo_succession,
    undo_succession_of_suspended,
)
from members.workflow.wishing import accept_wish, decline_wish, leave_body, make_wish, wish, wishes, withdraw_wish

__all__ = [
    "accept_wish",
    "add_to_roll",
    "admit",
    "against_merging",
    "against_undoing",
    "agree_to_be_named",
    "ask_for_changes",
    "calls",
    "campaigns",
    "candidates_of",
    "cast",
    "certificates",
    "change_representative",
    "charge",
    "close_campaign",
    "close_meeting",
    "close_vote",
    "confirm",
    "confirm_resignation",
    "confirm_with_changes",
    "confirmations",
    "convene",
    "count_hands",
    "decline_wish",
    "deem_resigned",
    "disclose",
    "dispatch",
    "drop_charges",
    "end_certificate",
    "end_tenure",
    "enter_sheet",
    "expel",
    "extend",
    "found",
    "founding",
    "give_notice",
    "give_proxy",
    "hear_defence",
    "idle_since",
    "issue_certificate",
    "keep_former_name",
    "keep_sealed",
    "lacking",
    "last_day",
    "late",
    "leave_body",
    "leave_by_notice",
    "lines_of",
    "look_at",
    "make_wish",
    "meetings",
    "membership",
    "merge",
    "motions",
    "names_candidates",
    "new_certificate",
    "new_line",
    "open_campaign",
    "open_due",
    "open_meeting",
    "open_motion",
    "receive",
    "recognise",
    "record_confirmation",
    "reinstate",
    "reinstate_due",
    "reissue",
    "rename",
    "renew",
    "replace_certificate",
    "requests",
    "resign",
    "resignations",
    "sanction",
    "settle_request",
    "sign_in",
    "sittings",
    "split",
    "strange",
    "strike_from_roll",
    "suspend",
    "take_back",
    "take_back_name",
    "take_proxy_back",
    "terminate",
    "unbalanced",
    "undo_sign_in",
    "undo_succession",
    "undo_succession_of_suspended",
    "void",
    "wish",
    "wishes",
    "withdraw_motion",
    "withdraw_request",
    "withdraw_resignation",
    "withdraw_wish",
]
