"""The verbs of meetings and of the process calendar."""
