"""What awaits a person today."""
