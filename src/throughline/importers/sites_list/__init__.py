"""Schools and offices."""
