"""Settings: the district itself, its rules, a yearly budget in one word."""
