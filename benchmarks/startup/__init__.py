"""Cold start: whole processes of the installed command, from nothing to the last line printed."""
