"""The letter about the plan."""
