"""Use cases: what a person can do with a plan, independent of how they ask for it."""
