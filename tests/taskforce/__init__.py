"""Tests of the institutions and the task force."""
