"""Refresh: which devices are bought when, at which cost, and why."""
