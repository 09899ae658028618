"""Questions to the reports, and the facts that one is made of."""
