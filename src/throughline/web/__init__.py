"""The web application: a Django shell over the same use cases as the command line."""
