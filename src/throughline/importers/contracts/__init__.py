"""Contracts and subscriptions."""
