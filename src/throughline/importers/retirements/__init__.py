"""Devices that were retired, disposed of or lost."""
