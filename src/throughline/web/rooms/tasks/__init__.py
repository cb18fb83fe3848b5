"""Tasks: the inbox, reviews and requests."""
