"""The plan workbook."""
