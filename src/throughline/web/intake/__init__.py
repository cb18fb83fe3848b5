"""Files that people bring: kept, previewed, applied, removed."""
