"""Districts, and the agencies that serve several of them."""
