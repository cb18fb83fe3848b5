"""Long work: a queue in the database, progress, cancel, and resuming what a killed worker left."""
