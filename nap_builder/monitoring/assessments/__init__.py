"""What organisations outside the government say of an objective."""
