"""Funds and the money in them."""
