"""The plan's tables."""
