"""The append-only log: one keyed hash chain for each district and one for the installation."""
