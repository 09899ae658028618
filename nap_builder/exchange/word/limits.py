"""How large a Word file may be, and why.

The figures keep the reading of any file, whatever its bytes, under some ten seconds and 350 MB.
"""

from nap_builder.exchange.reading import MOST_BYTES as MOST_OF_A_FILE

MOST_BYTES = MOST_OF_A_FILE
"""Of the file as it is sent: as much as any other file."""

MOST_PARTS = 2_000
"""Files within the file. A plan with a thousand pictures has about that many."""

MOST_UNPACKED = 250_000_000
"""Bytes of all parts together, as the file declares them. Pictures hardly shrink; text shrinks to a tenth."""

MOST_XML = 25_000_000
"""Bytes of the parts that are read, unpacked. A plan of 500 pages has some 15 MB of them."""

MOST_NODES = 750_000
"""Elements and attributes of a part: each takes some 200 bytes of memory. A plan of 500 pages has some 400,000."""

MOST_PARAGRAPHS = 30_000
"""Paragraphs, those in tables as well. A plan of 500 pages has some 12,000."""

MOST_CELLS = 30_000
"""Cells of tables: a matrix of 2,000 activities with 15 columns."""

MOST_COLUMNS = 63
"""Columns of a table: as many as Word itself can make."""

MOST_SIGNS = 10_000_000
"""Signs of text, which notes and links may repeat."""

LONGEST_TEXT = 100_000
"""Signs of one text of the exchange format; what is longer is parted."""

MOST_SECTIONS = 200
"""Sections that can be sorted on one page."""

MOST_HEADS = 20
"""Different heads of matrix tables that can be sorted on one page."""

MOST_MAPPED = 40
"""Columns of a table that can be sorted on one page."""
