"""Published capital plan tables."""
