"""One archive with every row and every file, and its way back, on either database."""
