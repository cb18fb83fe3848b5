"""Inventory snapshots and cohort counts: the only step whose cost grows with the number of devices."""
