"""The property record."""
