"""Who sits: seats, nominations, contests and tenures."""
