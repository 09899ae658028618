"""Institutions and the task force."""
