"""The plan as data, both ways."""
