"""Rules and reference data with citations: parameters, catalogs, fund rules, and what reads them."""
