"""Plan folders of every release, kept as they were."""
