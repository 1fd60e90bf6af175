"""Which papers are made about applications and batches, and what stands in them: a file a paper, or a few that belong together."""

from applications.papers import calling, founding, handover, letters, publicity, report, resolved  # noqa: F401 — each declares its papers
from applications.papers.claim import claim_letter
from applications.papers.form import (
    MERGED,
    PRINTED,
    TALL,
    UNITS,
    WIDE,
    answers_of,
    cell,
    form,
    marks_of,
    said_in,
    screened_by,
    set_whole,
    spaced,
    words_of_form,
)
from applications.papers.handover import COUNTED_ONLY

__all__ = [
    "COUNTED_ONLY",
    "MERGED",
    "PRINTED",
    "TALL",
    "UNITS",
    "WIDE",
    "answers_of",
    "cell",
    "claim_letter",
    "form",
    "marks_of",
    "said_in",
    "screened_by",
    "set_whole",
    "spaced",
    "words_of_form",
]
