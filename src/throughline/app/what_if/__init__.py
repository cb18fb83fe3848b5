"""What if: levers over the plan, and the answer while one moves."""
