"""Cost producers: everything that costs money becomes ledger blocks here, each able to explain its lines."""
