"""What is published, as data for programs: read-only, for everybody."""
