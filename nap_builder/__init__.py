"""NAP Builder: builds and tracks a State's plan on women, peace and security."""

__version__ = "0.1.0"
