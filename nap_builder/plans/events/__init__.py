"""The audited acts of a plan."""
