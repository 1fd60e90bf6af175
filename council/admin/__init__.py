"""What the secretariat sees of seats, calls and nominations, contests, and who holds what."""

from council.admin import acting, calls, contests, honorary, nominations, seats, tenures

__all__ = ["acting", "calls", "contests", "honorary", "nominations", "seats", "tenures"]
