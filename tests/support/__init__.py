"""Tests of requests for support."""
