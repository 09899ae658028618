"""Reminding people, and keeping tasks moving."""
