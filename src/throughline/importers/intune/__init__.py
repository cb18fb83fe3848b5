"""Importer of Microsoft Intune's device list."""
