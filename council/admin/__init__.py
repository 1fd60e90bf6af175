"""What the secretariat sees of seats, nominations, contests, their ballots and results."""

from council.admin import contests, honorary, nominations, results, seats, sheets, tenures

__all__ = ["contests", "honorary", "nominations", "results", "seats", "sheets", "tenures"]
