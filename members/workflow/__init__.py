"""What can happen to what belongs: to a membership, its certificates and wishes, to a meeting, and to the alliance itself."""

from alliance.facts.workflow import founding
from members.workflow.admitting import admit, recognise
from members.workflow.belonging import reinstate, reinstate_due, suspend
from members.workflow.certifying import issue_certificate, new_certificate, replace_certificate
from members.workflow.changing import change_representative, keep_former_name, rename
from members.workflow.convening import close_meeting, convene, meetings, open_meeting, sign_in
from members.workflow.disciplining import charge, drop_charges, expel, hear_defence, sanction
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
from members.workflow.wishing import accept_wish, decline_wish, wish, wishes

__all__ = [
    "accept_wish",
    "admit",
    "against_merging",
    "against_undoing",
    "change_representative",
    "charge",
    "close_meeting",
    "confirm_resignation",
    "convene",
    "decline_wish",
    "deem_resigned",
    "drop_charges",
    "expel",
    "found",
    "founding",
    "give_notice",
    "hear_defence",
    "idle_since",
    "issue_certificate",
    "keep_former_name",
    "last_day",
    "leave_by_notice",
    "meetings",
    "membership",
    "merge",
    "new_certificate",
    "open_meeting",
    "recognise",
    "reinstate",
    "reinstate_due",
    "rename",
    "replace_certificate",
    "resign",
    "resignations",
    "sanction",
    "sign_in",
    "split",
    "suspend",
    "take_back",
    "terminate",
    "undo_succession",
    "undo_succession_of_suspended",
    "wish",
    "wishes",
    "withdraw_resignation",
]
