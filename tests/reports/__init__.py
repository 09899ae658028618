"""Tests of the reports of a period."""
