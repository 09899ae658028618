"""The letters and papers of the process: models as data, filled from a plan."""
