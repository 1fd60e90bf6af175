"""What the secretariat sees of seats, nominations and contests."""

from council.admin import contests, honorary, nominations, seats, tenures

__all__ = ["contests", "honorary", "nominations", "seats", "tenures"]
