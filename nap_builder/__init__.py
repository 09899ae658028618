"""NAP Builder: builds and tracks a State's plan on women, peace and security."""
