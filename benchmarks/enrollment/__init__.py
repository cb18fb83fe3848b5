"""One-year-ahead enrollment forecasts of about half of New Jersey's districts, compared with plain cohort survival."""
