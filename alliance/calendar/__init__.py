"""Working days of the mainland, by which the secretariat works, and their exceptions."""
