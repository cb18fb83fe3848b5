"""Matching lists of the same devices: what one source knows and another does not, open orders, data quality."""
