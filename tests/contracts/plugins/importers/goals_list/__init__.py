"""Importer of a list of goals."""
