"""Who pays: resources, eligibility, allocation, and the split of cost lines over funds."""
