"""The plan in one sentence."""
