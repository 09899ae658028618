"""What the field knows already: standard indicators, obligations, terms, and how each part of a plan is written."""
