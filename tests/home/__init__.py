"""Tests of the front page, home and help."""
