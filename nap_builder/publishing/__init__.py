"""Documents, and what the public may read."""
