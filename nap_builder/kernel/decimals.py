"""Decimals that are never rounded on the way."""

from decimal import Context, Decimal

EXACTLY = Context(prec=200)  # wide enough for any product of the figures that a plan may hold


def places_of(value: Decimal) -> int:
    """How many digits after the point a figure needs: 0 for 12 and 12.0, 1 for 12.50."""
    exponent = value.normalize(EXACTLY).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
