"""What readiness may ask of a plan's rows: each check as a question about the plan's snapshot."""
