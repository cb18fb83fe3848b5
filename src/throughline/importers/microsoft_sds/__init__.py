"""Microsoft School Data Sync files, version 2.1 and version 1."""
