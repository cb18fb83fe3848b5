"""Devices over time: cohorts, clocks, drivers of purchases and the sparse product N . T."""
