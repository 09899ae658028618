"""Builders of test data: functions with defaults, one file a room."""
