"""The public directory: what was asked, what is found, where it is, and the figures of the alliance."""
