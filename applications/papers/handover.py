"""The sheet of a handover, for three signatures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.accounts.choices import Office
from alliance.accounts.models import SavedView
from alliance.documents.kinds import PDF, Kind, declare
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from applications import rules
from applications.models import Application, Handover
from members.models import BranchPost

HANDED = {
    "in_hand": gettext_lazy("Files in hand"),
    "drafts": gettext_lazy("Drafts entered on behalf"),
    "jobs": gettext_lazy("Long work that waits or runs"),
    "views": gettext_lazy("Saved views of the board"),
    "letters": gettext_lazy("Letters held back that they edited"),
    "notes": gettext_lazy("Notes they wrote"),
    "requests": gettext_lazy("Requests to join they decided"),
    "enquiries": gettext_lazy("Enquiries they answered"),
    "branches": gettext_lazy("Branches they worked for"),
    "let_go": gettext_lazy("Files the successor may not have: in nobody's hand now"),
    "stay": gettext_lazy("Drafts that stayed, because the successor writes one under the same number"),
}
COUNTED_ONLY = ("notes", "requests", "enquiries")
NAMED_BY = {
    "in_hand": Application,
    "drafts": Application,
    "let_go": Application,
    "stay": Application,
    "jobs": Job,
    "views": SavedView,
    "letters": Letter,
    "branches": BranchPost,
}


def handed_over(handover: Handover) -> list[dict[str, Any]]:
    """Every kind of thing on the sheet, how many, and which by name."""
    return [
        {"what": str(word), "count": len(rows) if isinstance(rows, list) else rows, "rows": names_of(name, rows)}
        for name, word in HANDED.items()
        for rows in [handover.items.get(name, [])]
    ]


def names_of(name: str, rows: Any) -> list[str]:
    """Numbers and names of the things, as they are called now."""
    if name not in NAMED_BY:
        return []
    return [
        " ".join(filter(None, [getattr(each, "number", ""), str(each)]))
        for each in NAMED_BY[name].objects.filter(pk__in=rows).order_by("pk")
    ]


def handover_sheet(handover: Handover) -> dict[str, Any]:
    """Three names, what is handed over, and room for three signatures."""
    return {
        "subject": str(handover.leaver),
        "successor": str(handover.successor),
        "supervisor": str(handover.by),
        "account": "已停用，不删除" if handover.closes_account else "保留",
        "offices": "、".join(str(Office(name).label) for name in handover.items["offices"]) or "—",
        "lines": handed_over(handover),
    }


declare(
    Handover,
    Kind(
        "handover",
        pgettext_lazy("paper", "Handover sheet"),
        handover_sheet,
        rules.may_see_handover,
        lambda handover: handover.at,
        lambda handover, moment: f"移交〔{moment.astimezone(clock.SHANGHAI).year}〕{handover.pk}号",
        "工作移交清单",
        {},
        media_type=PDF,
    ),
)
