"""The doors of meetings and of the process calendar."""
