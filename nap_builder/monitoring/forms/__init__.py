"""The shapes of what may be typed about reporting."""
