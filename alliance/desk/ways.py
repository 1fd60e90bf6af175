"""What those who keep no case may open: their desk is a list of ways, each with a sentence that says what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.accounts.choices import Office
from alliance.history import chain

if TYPE_CHECKING:
    from django.utils.functional import Promise

LOOKED_AT = 1000  # links at the end of the chain that the desk computes again; manage.py verify_history takes all of them

TIMETABLE = (
    ("admin:jobs_run_changelist", gettext_lazy("Timetable"), gettext_lazy("When each task last ran, and what failed.")),
    (
        "admin:jobs_job_changelist",
        gettext_lazy("Long work"),
        gettext_lazy("What runs or waits, how far it is, and what was skipped and why."),
    ),
)
WAYS: dict[str, tuple[tuple[str, str | Promise, str | Promise], ...]] = {
    Office.AUDITOR: (
        ("admin:history_event_changelist", gettext_lazy("History"), gettext_lazy("Every step: who took it, when, on what, from which state to which.")),
        ("admin:applications_dutyexception_changelist", gettext_lazy("Exceptions from the separation of duties"), gettext_lazy("Steps that one person took though an earlier one of theirs forbids it elsewhere.")),
        ("admin:council_result_changelist", gettext_lazy("Certified results"), gettext_lazy("Each election as two people signed it, with its place in the chain of results.")),
        ("council:dashboard", gettext_lazy("The seats of the council"), gettext_lazy("Who holds which seat, on any day, and how the seats are divided.")),
        ("admin:accounts_user_changelist", gettext_lazy("Accounts"), gettext_lazy("Who has an account and which offices; to read.")),
        ("admin:members_branchpost_changelist", gettext_lazy("Branch staff"), gettext_lazy("Whose work reaches the units of one branch alone.")),
        ("admin:applications_handover_changelist", gettext_lazy("Handovers"), gettext_lazy("What was handed from whom to whom, with the sheet for three signatures.")),
        ("admin:exchange_export_changelist", gettext_lazy("Tables that went out"), gettext_lazy("Who took which rows out of the portal, and when.")),
        ("admin:exchange_import_changelist", gettext_lazy("Tables that came in"), gettext_lazy("Who took which table over, and what it changed.")),
        *TIMETABLE,
    ),
    Office.SECURITY: (
        ("admin:accounts_user_changelist", gettext_lazy("Accounts"), gettext_lazy("Appoint to offices, and end an appointment; nobody appoints themselves.")),
        ("admin:members_branchpost_changelist", gettext_lazy("Branch staff"), gettext_lazy("Say whose work reaches the units of one branch alone.")),
        ("admin:applications_handover_changelist", gettext_lazy("Handovers"), gettext_lazy("See what somebody has in hand, and hand it to a successor before the account is closed.")),
        *TIMETABLE,
    ),
    Office.SYSADMIN: (
        ("admin:accounts_user_changelist", gettext_lazy("Accounts"), gettext_lazy("Open and close accounts, and issue one-time codes; offices are given by the security administrator.")),
        *TIMETABLE,
        ("admin:jobs_round_changelist", gettext_lazy("Processes"), gettext_lazy("Processes of several stages, and where each waits; one that failed is tried again here.")),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """Somewhere to go."""

    label: str | Promise
    url: str
    words: str | Promise


def ways(user: Any) -> list[Way]:
    """Those of the reader's offices, each once."""
    found = {
        name: Way(label, reverse(name), words) for office, listed in WAYS.items() if user.holds(office) for name, label, words in listed
    }
    return list(found.values())


def chain_stands(user: Any) -> dict[str, Any] | None:
    """How the chain of the history stands, for the auditor: the last links computed again, and what waits for its seal."""
    if not user.holds(Office.AUDITOR):
        return None
    verdict = chain.verify_last(LOOKED_AT)
    if verdict.broken_at is not None:
        sentence = _("The chain of the history is broken at link %(link)d (event %(event)s).")
        return {"holds": False, "words": sentence % {"link": verdict.broken_at, "event": verdict.event}}
    sentence = _(
        "The chain of the history holds: its last %(sound)d links were computed again just now; events that wait for their seal: %(unsealed)d."
    )
    return {"holds": True, "words": sentence % {"sound": verdict.sound, "unsealed": verdict.unsealed}}
