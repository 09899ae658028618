"""What parliament is given."""
