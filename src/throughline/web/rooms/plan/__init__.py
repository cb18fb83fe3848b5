"""Plan: the home of a district."""
