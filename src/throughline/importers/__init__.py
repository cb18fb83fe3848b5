"""Importers: what a district's files say, as staged inventory rows or plan records, with every line accounted for."""
