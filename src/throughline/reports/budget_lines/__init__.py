"""Budget request in the finance system's columns."""
