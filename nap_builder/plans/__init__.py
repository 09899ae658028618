"""The plan and its frozen versions."""
