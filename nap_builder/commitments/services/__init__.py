"""Asking, answering, deciding."""
