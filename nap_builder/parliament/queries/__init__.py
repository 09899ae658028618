"""What parliament asks of a plan, and what its record holds."""
