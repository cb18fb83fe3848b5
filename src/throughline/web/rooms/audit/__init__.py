"""Log: who did what, for auditors."""
