"""Yearly views of cash: what a cost is worth a year, what debt costs, when to replace. Functions of cents, never ledger rows."""
