"""Importer of devices of NetBox."""
