"""The doors of parliament."""
