"""Student groups by school."""
