"""What the secretariat sees of terms with their seats, nominations and contests."""

from council.admin import contests, honorary, nominations, seats, tenures, terms

__all__ = ["contests", "honorary", "nominations", "seats", "tenures", "terms"]
