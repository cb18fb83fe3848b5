"""Importer of assets of Ralph."""
