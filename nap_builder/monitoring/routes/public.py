"""What everybody may see of the progress, once it is published."""
