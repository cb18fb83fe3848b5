"""Funds: what each may pay, until when, and what ends."""
