"""What whoever acts for a unit sees: a file for each page, or few."""
