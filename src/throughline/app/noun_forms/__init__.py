"""Plan records as forms: fields, choices, saving with merge, removing."""
