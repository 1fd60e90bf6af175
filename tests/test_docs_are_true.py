"""Documents that are drawn from the code stay true to it."""

import os
from pathlib import Path

import pytest

from alliance.announcements.workflow import announcements
from alliance.letters.workflow import workflow as letters
from applications.enquiring import enquiries
from applications.joining import joining
from applications.prospecting import prospects
from applications.recommending import recommendations
from applications.reviewing import assignments
from applications.sealing import copies
from applications.workflow import workflow as applications
from council.workflow import calls, contests, nominations
from members.workflow import (
    campaigns,
    certificates,
    confirmations,
    founding,
    meetings,
    membership,
    motions,
    requests,
    resignations,
    sittings,
    wishes,
)

ROOT = Path(__file__).parent.parent
WORKFLOWS = ROOT / "docs/workflows.md"
HEAD = """# What can happen

Drawn from the step tables by `tests/test_docs_are_true.py`; run it with `PORTAL_DRAW=1` to draw anew. Arrows carry the step's name in the code.
"""
DRAWN = {
    "An application (`applications/workflow.py`)": applications,
    "A sealed scan (`applications/sealing.py`; reading it is the portal's)": copies,
    "An assignment of an expert (`applications/reviewing/assigning.py`)": assignments,
    "A request to join (`applications/joining.py`)": joining,
    "A recommendation by code (`applications/recommending.py`)": recommendations,
    "A membership (`members/workflow/`)": membership,
    "A notice of resignation (`members/workflow/`)": resignations,
    "A certificate (`members/workflow/recertifying.py`; its state follows from its row and the day)": certificates,
    "A tenure in a body (`members/workflow/sitting.py`)": sittings,
    "A meeting (`members/workflow/`)": meetings,
    "A motion (`members/workflow/`)": motions,
    "A change request (`members/workflow/`)": requests,
    "A yearly confirmation (`members/workflow/`)": campaigns,
    "A unit's yearly confirmation (`members/workflow/`)": confirmations,
    "A unit of the source pool (`applications/prospecting.py`)": prospects,
    "A wish (`members/workflow/`)": wishes,
    "The alliance as a whole (`members/workflow/`)": founding,
    "A call for nominations (`council/workflow/`)": calls,
    "A nomination (`council/workflow/`)": nominations,
    "A contest (`council/workflow/`)": contests,
    "An enquiry (`applications/enquiring.py`)": enquiries,
    "An announcement (`alliance/announcements/workflow.py`; whether it is in force, its days say)": announcements,
    "A letter, by hand (`alliance/letters/workflow.py`; sending is the outbox's)": letters,
}


def drawn() -> str:
    return HEAD + "".join(f"\n## {title}\n\n```mermaid\n{workflow.diagram()}\n```\n" for title, workflow in DRAWN.items())


def test_the_diagrams_are_those_of_the_code():
    if os.environ.get("PORTAL_DRAW"):
        WORKFLOWS.write_text(drawn())
    assert WORKFLOWS.read_text() == drawn()


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_says_what_and_why(page):
    text = page.read_text()
    assert text.startswith(f"# {int(page.stem[:4])}. ")
