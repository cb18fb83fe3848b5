"""The plan folder on disk: canonical JSON in, canonical JSON out, one atomic manifest."""
