"""Costs: what everything costs by category, direct beside indirect."""
