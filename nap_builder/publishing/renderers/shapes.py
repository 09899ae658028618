"""What several renderers ask of the shapes of a document before they write them."""

from dataclasses import replace

from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Table


def without_bars(table: Table) -> Table:
    """A table without the columns that only draw bars: their figures stand beside them."""
    kept = [place for place, column in enumerate(table.columns) if column.kind != "bar"]
    bodies = tuple(
        replace(body, rows=tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in body.rows))
        for body in table.bodies
    )
    return replace(table, columns=tuple(table.columns[place] for place in kept), bodies=bodies)


def caption_of(table: Table, voice: Voice) -> str:
    """What stands over a table: its number, what it is called, and in what it counts."""
    named = table.caption or table.title
    if table.number:
        named = voice.gettext("Table %(number)s.", number=table.number) + f" {named}"
    return f"{named} ({table.unit})".strip() if table.unit else named
