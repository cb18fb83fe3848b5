"""Every fact of the sample districts moved, one at a time: explanations and runs must move alike."""
