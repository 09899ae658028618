"""How a plan begins."""
