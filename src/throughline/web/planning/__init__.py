"""Plan records as ordinary tables, their revisions, and the bridge to the engine's plan."""
