"""Colours as `#rrggbb`: how well they are read on white (WCAG 2.2, relative luminance), and shades of them."""

WHITE, BLACK = "#ffffff", "#000000"
FOR_TEXT, FOR_MARKS = 7.0, 3.0  # WCAG 2.2, 1.4.6 and 1.4.11
STEPS = 200


def contrast(one: str, other: str = WHITE) -> float:
    """The contrast of two colours, from 1 to 21."""
    lower, higher = sorted((_luminance(one), _luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share, from 0 to 1, of another."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def passing(colour: str, least: float, ground: str = WHITE) -> str:
    """The nearest shade of a colour, itself or darker, that has at least this contrast with a light ground."""
    shades = (mixed(colour, BLACK, step / STEPS) for step in range(STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= least)


def sheet(colours: dict[str, str]) -> str:
    """A stylesheet that sets colours by their names."""
    lines = "".join(f"  {name}: {colour};\n" for name, colour in colours.items())
    return f":root {{\n{lines}}}\n"


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _parts(colour))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
