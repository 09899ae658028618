"""What is remembered about consultations."""
