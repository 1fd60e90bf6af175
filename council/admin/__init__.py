"""What the secretariat sees of terms with their seats, calls and nominations, contests, and who holds what."""

from council.admin import acting, calls, contests, honorary, nominations, seats, tenures, terms

__all__ = ["acting", "calls", "contests", "honorary", "nominations", "seats", "tenures", "terms"]
