"""Tests of the readiness checks, the gates, and the overlaps."""
