"""Rules and reference data as values: dated parameters, catalogs, fund rules."""
