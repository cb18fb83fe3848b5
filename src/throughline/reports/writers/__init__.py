"""Writers: a neutral Document to bytes; they know nothing of plans."""
