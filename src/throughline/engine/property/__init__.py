"""Property bought under awards: what counts as equipment, what is owed on disposal, what a record must say."""
