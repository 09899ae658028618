"""What is done with consultations and contributions."""
