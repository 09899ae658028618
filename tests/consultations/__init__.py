"""Tests of the room of consultations."""
