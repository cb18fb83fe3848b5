"""Template words of this package."""
