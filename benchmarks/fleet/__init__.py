"""A million devices: counting, costs by site, the whole run, compared with bare scans, SQL per device and pandas."""
