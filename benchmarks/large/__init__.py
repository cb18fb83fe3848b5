"""The large sample district: planned from nothing, every explanation worked out, every fund closed."""
