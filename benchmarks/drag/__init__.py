"""A lever dragged in a real browser."""
