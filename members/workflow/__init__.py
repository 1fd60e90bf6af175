"""What can happen to what belongs: to a membership, its certificates and wishes, to a meeting, and to the alliance itself."""

from alliance.facts.workflow import founding
from members.workflow.admitting import admit, recognise
from members.workflow.belonging import reinstate, resign, suspend
from members.workflow.certifying import end_certificate, issue_certificate, new_certificate, replace_certificate
from members.workflow.convening import close_meeting, convene, meetings, open_meeting, sign_in
from members.workflow.inaugurating import found, last_day
from members.workflow.recertifying import certificates, dispatch, extend, reissue, renew, void
from members.workflow.sealing import keep_sealed, look_at, receive
from members.workflow.sitting import end_tenure, sittings
from members.workflow.states import membership
from members.workflow.wishing import accept_wish, decline_wish, wish, wishes

__all__ = [
    "accept_wish",
    "admit",
    "certificates",
    "close_meeting",
    "convene",
    "decline_wish",
    "dispatch",
    "end_certificate",
    "end_tenure",
    "extend",
    "found",
    "founding",
    "issue_certificate",
    "keep_sealed",
    "last_day",
    "look_at",
    "meetings",
    "membership",
    "new_certificate",
    "open_meeting",
    "receive",
    "recognise",
    "reinstate",
    "reissue",
    "renew",
    "replace_certificate",
    "resign",
    "sign_in",
    "sittings",
    "suspend",
    "void",
    "wish",
    "wishes",
]
