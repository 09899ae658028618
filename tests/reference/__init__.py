"""The reference data."""
