"""Importer of asset reports of Lansweeper."""
