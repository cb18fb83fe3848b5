"""Inventory: what the district has, and the files it learns that from."""
