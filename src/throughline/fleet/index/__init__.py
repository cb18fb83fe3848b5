"""The index of a snapshot: a derived read-only SQLite file from which screens list, count and search devices."""
