"""A page of HTML in units, so that of a long run of rows only those pages are laid out anew that a change touches.

A unit is what a page may begin with: a row, or a block between tables (`templates/print/blocks.html` says where each
begins). A page that begins with a unit and ends before another is the same in every document in which those units stand
between the same neighbours, so it can be laid out alone: behind the unit before it, which fills the page before, and
with a few more after it, which show that it is full.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from nap_builder.publishing.renderers.pieces import UNIT

LONG = 3  # pages; fewer are one piece
AHEAD = 5  # units after a page; rules of style hold up to five units of a longer table together
ROWS, ROW = "<tbody", "<tr"
TOGETHER = re.compile(r'<(?:table|tbody)[^>]* class="whole"')
SECTION = "<section"
CAPTION = re.compile(r"<caption>.*?</caption>", re.DOTALL)
RUNNING = re.compile(r'data-run="([^"]*)"|<p class="chapter">([^<]*)<')
BEGINS = re.compile(r"<(?:tbody|tr|table|h\d|p|div)\b")
COUNTED = re.compile(r"<(?:h\d|p|div|li)\b|<tr(?= )")  # the row of a head, which stands on every page, has no class


class Units:
    """The units of a page, numbered from 0; none if it has several sections, or is of one piece."""

    def __init__(self, html: str) -> None:
        head, *units = html.split(UNIT)
        single = html.count(SECTION) == 1
        self.head, self.units = (head, units) if single else ("".join((head, *units)), [])

    def __len__(self) -> int:
        return len(self.units)

    def whole(self) -> str:
        """The page, each unit of which bears its number."""
        return self.head + "".join(_numbered(self.units, 0))

    def key(self, look: str, first: int, end: int) -> str:
        """What the page is known by that begins with a unit and ends before another, in a look."""
        page = self._run(first, self._until(first, end))
        return hashlib.sha256(f"{look}\0{end - first}\0{page}".encode()).hexdigest()

    def run(self, first: int, end: int) -> str:
        """A page with these units and what is needed around them. Unless they are the first, they begin on page 2."""
        return self._run(first, _numbered(self._until(first, end), max(first - 1, 0)))

    def _until(self, first: int, end: int) -> list[str]:
        return self.units[max(first - 1, 0) : self._ahead(end)]

    def _ahead(self, end: int) -> int:
        """How far one has to look to know that a page ends before a unit: to the end of rows that stay together."""
        stop = end + AHEAD
        begin = max((at for at in range(min(stop, len(self))) if ROWS in self.units[at]), default=0)
        if TOGETHER.search(self.units[begin] if begin < len(self) else ""):
            while stop < len(self) and self.units[stop].startswith(ROW):
                stop += 1
        return stop

    def _run(self, first: int, units: Iterable[str]) -> str:
        if not first:
            return self.head + "".join(units)
        before, begin, *rest = units
        return "".join((self.head, self._running(), self._table(first - 1), before, _on_a_new_page(begin), *rest))

    def _running(self) -> str:
        """What stands on the head of the pages, which the heading of the part says elsewhere."""
        found = RUNNING.search(self.units[0])
        return f'<p class="chapter">{found[1] or found[2]}</p>' if found else ""

    def _table(self, unit: int) -> str:
        """The beginning of the table in which a unit stands, without its caption."""
        before = "".join(self.units[:unit])
        begin = before.rfind("<table")
        if begin <= before.rfind("</table>"):
            return ""
        head = CAPTION.sub("", before[begin : before.index("</thead>", begin)])
        rows = before.rfind("<tbody")
        return head + "</thead>" + before[rows : before.index(">", rows) + 1]


def _numbered(units: Iterable[str], first: int) -> Iterator[str]:
    for number, unit in enumerate(units, first):
        yield COUNTED.sub(rf'\g<0> data-unit="{number}"', unit)


def _on_a_new_page(unit: str) -> str:
    return BEGINS.sub(r"\g<0> data-resumed", unit, count=1)
