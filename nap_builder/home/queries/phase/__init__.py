"""The tasks of each phase."""
