"""Running an installation: serve, worker, sample, backup, restore, doctor."""
