"""Which papers are made of an election: ballots and tally sheets to print, and the method, the report on the count and the notice of results to keep."""

from council.papers import reports  # noqa: F401 — it declares its papers
from council.papers.ballots import ballot, tally_sheet

__all__ = ["ballot", "tally_sheet"]
