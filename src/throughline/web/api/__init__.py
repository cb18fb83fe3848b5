"""The programming interface: the same use cases, over HTTP, for scripts and for the command line."""
