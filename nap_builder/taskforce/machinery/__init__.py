"""The high-level champion of a plan, and the machinery's own posts and budget."""
