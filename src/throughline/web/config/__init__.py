"""Settings of the server, from one data folder and a few environment variables."""
