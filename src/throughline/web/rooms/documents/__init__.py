"""Documents: what the board gets, adopted versions, decisions, and the public page."""
