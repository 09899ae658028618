"""Meetings, minutes, decisions and the process calendar."""
