"""Rows that come in from Excel and go out to it: looked at first, taken over as one, and written down when they leave."""
