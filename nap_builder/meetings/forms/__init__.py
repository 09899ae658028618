"""What a person may type about meetings and the process calendar."""
