"""Which papers are made about calls, tenures and elections: ballots and tally sheets are printed, the others made and kept."""

from council.papers import candidates, posts, reports  # noqa: F401 — each declares its papers
from council.papers.ballots import ballot, tally_sheet

__all__ = ["ballot", "tally_sheet"]
