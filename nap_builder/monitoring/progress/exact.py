"""Exact decimals: divided to 200 digits and compared at 100 places, so that three thirds are one."""

from decimal import ROUND_HALF_UP, Decimal

from nap_builder.kernel.decimals import EXACTLY

HUNDRED = Decimal(100)
_SETTLED = Decimal(1).scaleb(-100)


def plus(*values: Decimal) -> Decimal:
    """Their sum; 0 for none."""
    total = Decimal(0)
    for value in values:
        total = EXACTLY.add(total, value)
    return total


def minus(value: Decimal, other: Decimal) -> Decimal:
    """The difference of two."""
    return EXACTLY.subtract(value, other)


def scaled(value: Decimal, by: Decimal | int, over: Decimal | int = 1) -> Decimal:
    """A value times one number, divided by another that is not 0."""
    return EXACTLY.divide(EXACTLY.multiply(value, Decimal(by)), Decimal(over))


def settled(value: Decimal) -> Decimal:
    """A figure that was divided more than once, without the traces of that in its last digits."""
    return _plain(value.quantize(_SETTLED, context=EXACTLY))


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """A figure to be read: halves away from nought, no zeros at its end."""
    return _plain(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=EXACTLY))


def _plain(value: Decimal) -> Decimal:
    short = value.normalize(EXACTLY)
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1), context=EXACTLY) if isinstance(exponent, int) and exponent > 0 else short
