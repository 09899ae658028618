"""The doors of consultations."""
