"""Local account strings by fund, function, object and category."""
