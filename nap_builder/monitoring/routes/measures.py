"""The pages of the indicators with their figures, for staff."""
