"""The questions about consultations and contributions."""
