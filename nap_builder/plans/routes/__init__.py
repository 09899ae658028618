"""The doors of the plan."""
