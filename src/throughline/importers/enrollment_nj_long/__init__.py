"""New Jersey fall enrollment in long rows."""
