"""What the plan still lacks before each gate."""
