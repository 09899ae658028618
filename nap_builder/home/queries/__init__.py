"""What awaits a person, and where a plan stands."""
