"""The doors of home."""
