"""The inventory as an auditor reads it."""
