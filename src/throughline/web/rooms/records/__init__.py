"""Records: forms for every plan noun."""
