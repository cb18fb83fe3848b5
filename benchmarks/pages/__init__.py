"""Pages of the web application over generated districts."""
