"""What the secretariat sees of terms with their seats, calls and nominations, contests with their ballots and results, and who holds what."""

from council.admin import acting, calls, contests, honorary, nominations, results, seats, sheets, tenures, terms

__all__ = ["acting", "calls", "contests", "honorary", "nominations", "results", "seats", "sheets", "tenures", "terms"]
