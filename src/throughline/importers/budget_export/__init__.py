"""Budgets as finance systems export them."""
