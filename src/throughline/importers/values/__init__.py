"""Values: strict grammars from a cell to money, day, number, identifier or text."""
