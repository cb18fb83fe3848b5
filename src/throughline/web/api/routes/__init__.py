"""Calls of the interface, by subject."""
