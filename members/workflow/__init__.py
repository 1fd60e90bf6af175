"""What can happen to what belongs: to a membership, its certificates and wishes, to a meeting, and to the alliance itself."""

from alliance.facts.workflow import founding
from members.workflow.admitting import admit, recognise
from members.workflow.belonging import reinstate, resign, suspend
from members.workflow.certifying import issue_certificate, replace_certificate
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
from members.workflow.convening import close_meeting, convene, meetings, open_meeting, sign_in
from members.workflow.inaugurating import found
from members.workflow.requesting import ask_for_changes, requests, settle_request, withdraw_request
from members.workflow.states import membership
from members.workflow.wishing import accept_wish, decline_wish, leave_body, make_wish, wish, wishes, withdraw_wish

__all__ = [
    "accept_wish",
    "admit",
    "ask_for_changes",
    "campaigns",
    "close_campaign",
    "close_meeting",
    "confirm",
    "confirm_with_changes",
    "confirmations",
    "convene",
    "decline_wish",
    "found",
    "founding",
    "issue_certificate",
    "leave_body",
    "make_wish",
    "meetings",
    "membership",
    "open_campaign",
    "open_due",
    "open_meeting",
    "recognise",
    "record_confirmation",
    "reinstate",
    "replace_certificate",
    "requests",
    "resign",
    "settle_request",
    "sign_in",
    "suspend",
    "wish",
    "wishes",
    "withdraw_request",
    "withdraw_wish",
]
