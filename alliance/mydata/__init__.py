"""My data: what is held on whoever asks, where it comes from, why and how long (PIPL, articles 44 to 50). Draws on every app."""
