"""Fund rules: one folder per kind of fund."""
