"""Employees by site and role."""
