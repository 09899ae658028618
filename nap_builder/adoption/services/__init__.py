"""What is done to adopt a plan and to amend it. Called inside a transaction."""
