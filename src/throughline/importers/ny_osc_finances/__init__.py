"""Finances of New York school districts as the state comptroller publishes them."""
