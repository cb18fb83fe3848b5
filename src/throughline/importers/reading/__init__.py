"""Reading: a file as sheets of cells, safely, with physical row numbers."""
