"""Approving, verifying and returning what was reported, and correcting what was verified."""
