"""Thirty people at once."""
