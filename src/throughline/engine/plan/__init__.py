"""Plan nouns: what a district brings and decides."""
