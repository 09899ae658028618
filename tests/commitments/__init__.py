"""Tests of what ministries are asked for and accept."""
