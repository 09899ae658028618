"""Who did what, and the state of the installation."""
