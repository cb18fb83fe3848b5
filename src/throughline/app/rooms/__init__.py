"""What each room of the application shows, as plain values: no markup, no framework."""
