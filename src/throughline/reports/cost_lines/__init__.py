"""The cost-line file."""
