"""Importer of inventories as the GLPI Agent sends them."""
