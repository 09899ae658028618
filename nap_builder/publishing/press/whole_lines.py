"""Lines that the engine breaks too early, mended while it lays out.

A text that fits its line, but not with the space that ends it, is broken after its first word: the engine measures the
space, which hangs beyond the line and is seen by nobody, and takes the text for one that it cannot break. Every line of
a cell ends in such a space, so that who listens to the page hears two lines as two.

It leans on a private part of the engine, whose version is pinned, and is proved by `tests/publishing/test_lines.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

RESUME, WIDTH = 2, 3  # where the next line begins, None if there is none; how wide this one is


@contextmanager
def whole_lines() -> Iterator[None]:
    """While it is open, a text that fits but for its last space is one line."""
    split = inline.split_first_line

    def mended(text: str, style: Any, context: Any, max_width: Any, *given: Any, **named: Any) -> Any:
        found = split(text, style, context, max_width, *given, **named)
        if found[RESUME] is None or not text.endswith(" ") or style["white_space"] != "normal":
            return found
        bare = split(text.rstrip(" "), style, context, max_width, *given, **named)
        if bare[RESUME] is not None:
            return found
        whole = split(text, style, context, None, *given, **named)
        return (*whole[:WIDTH], bare[WIDTH], *whole[WIDTH + 1 :])

    inline.split_first_line = mended
    try:
        yield
    finally:
        inline.split_first_line = split
