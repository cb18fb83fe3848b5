"""The product's own workbook."""
