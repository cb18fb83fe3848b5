"""The cost-line ledger: columnar, in integer cents, every line explained on demand."""
