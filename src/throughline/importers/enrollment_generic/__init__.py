"""Enrollment tables of any district."""
