"""What can happen to what belongs: to a membership, its certificates and wishes, to a meeting, and to the alliance itself."""

from alliance.facts.workflow import founding
from members.workflow.admitting import admit, recognise
from members.workflow.belonging import reinstate, resign, suspend
from members.workflow.certifying import issue_certificate, replace_certificate
from members.workflow.convening import close_meeting, convene, meetings, open_meeting, sign_in
from members.workflow.disclosing import agree_to_be_named, disclose, take_back_name
from members.workflow.inaugurating import found
from members.workflow.states import membership
from members.workflow.wishing import accept_wish, decline_wish, wish, wishes

__all__ = [
    "accept_wish",
    "admit",
    "agree_to_be_named",
    "close_meeting",
    "convene",
    "decline_wish",
    "disclose",
    "found",
    "founding",
    "issue_certificate",
    "meetings",
    "membership",
    "open_meeting",
    "recognise",
    "reinstate",
    "replace_certificate",
    "resign",
    "sign_in",
    "suspend",
    "take_back_name",
    "wish",
    "wishes",
]
