"""Tests of adopting and amending a plan."""
