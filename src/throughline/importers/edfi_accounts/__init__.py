"""Accounts of an Ed-Fi finance interchange."""
