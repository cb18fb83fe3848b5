"""What the public sees: reviewed snapshots of adopted versions, made by two people."""
