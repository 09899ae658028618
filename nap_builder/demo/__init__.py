"""The demonstration: an invented State, loaded once."""
