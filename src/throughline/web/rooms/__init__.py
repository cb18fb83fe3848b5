"""The rooms of the application: one folder each, with its addresses, views and templates."""
