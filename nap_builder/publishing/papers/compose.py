"""Puts a paper together: a model paper, filled from a plan, with what the plan does not say left as gaps."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from nap_builder.publishing.compose.source import code_cell, line
from nap_builder.publishing.document import Body, Cell, Column, Fact, Facts, Heading, Row, Said, Table
from nap_builder.publishing.paper import Items, Paper, PaperBlock, Passage, Signing
from nap_builder.publishing.papers.case import Case
from nap_builder.publishing.papers.facts import fact, holds
from nap_builder.publishing.papers.rows import LISTS, TABLES
from nap_builder.publishing.papers.shelf import GAP, ModelPaper, Text, words

Data = Mapping[str, Any]
ARTICLE = "article"


def compose(model: ModelPaper, case: Case, created: datetime) -> Paper:
    """The paper of a case. A pure function of its arguments; `created` is the moment written into a file."""
    return _Writer(model, case).paper(created)


class _Writer:
    """Fills one paper from its first block to its last, and keeps account of the gaps that stay open."""

    def __init__(self, model: ModelPaper, case: Case) -> None:
        self.model, self.case = model, case
        self.lang = case.voice.lang
        self.open: dict[str, str] = {}
        self.numbers = 0
        self.articles = 0
        self.tables = 0

    def paper(self, created: datetime) -> Paper:
        letterhead = tuple(self._gap(name) for name in self.model.letterhead)
        blocks = tuple(self._blocks(self.model.blocks))
        title = self.model.title[self.lang]
        plan = self.case.source.said(self.case.source.plan["title"]).text
        state = fact(self.case, "state")
        return Paper(
            lang=self.lang,
            direction="rtl" if self.case.voice.direction == "rtl" else "ltr",
            title=f"{title}: {plan}",
            author=state.text if state else "",
            created=created.astimezone(UTC).replace(microsecond=0),
            letterhead=letterhead,
            running_title=f"{state.text} · {plan}" if state else plan,
            blocks=blocks,
            gaps=tuple(self.open.values()),
            worn=tuple((self.case.source.edition.worn or {}).items()),
        )

    def _blocks(self, blocks: Any) -> Iterator[PaperBlock]:
        for block in blocks:
            if block["kind"] == "if":
                chosen = "blocks" if holds(self.case, block["when"]) else "otherwise"
                yield from self._blocks(block.get(chosen, ()))
            else:
                yield self._made[block["kind"]](self, block)

    def _heading(self, block: Data) -> Heading:
        if "{article}" in block["text"]["en"]:
            self.articles += 1
        return Heading(Said("".join(said.text for said in self._fill(block["text"]))))

    def _passage(self, block: Data) -> Passage:
        self.numbers += block.get("numbered", False)
        number = str(self.numbers) if block.get("numbered") else ""
        return Passage(self._fill(block["text"]), block.get("manner", "plain"), number)

    def _list(self, block: Data) -> Items:
        if "items" in block:
            items = [self._fill(text) for text in block["items"]]
        else:
            items = LISTS[block["rows"]](self.case) or [(self._open(block["rows"]),)]
        return Items(tuple(items), letters=block.get("letters", False))

    def _facts(self, block: Data) -> Facts:
        return Facts(
            tuple(Fact(item["label"][self.lang], (line(*self._fill(item["text"])),)) for item in block["items"])
        )

    def _table(self, block: Data) -> Table:
        self.tables += 1
        columns = tuple(self._column(column) for column in block["columns"])
        rows = TABLES[block["rows"]](self.case) if "rows" in block else []
        if "rows" in block and not rows:
            rows = [Row((Cell((line(self._open(block["rows"])),)), *(Cell() for _column in columns[1:])))]
        rows += [self._blank(columns, row) for row in range(1, block.get("blank", 0) + 1)]
        return Table(f"t-{self.tables}", block["title"][self.lang], columns, (Body(tuple(rows)),))

    def _blank(self, columns: tuple[Column, ...], row: int) -> Row:
        """A row to be filled in by hand; it bears its number where the first column holds numbers."""
        first = code_cell(self.case.voice.number(row)) if columns[0].kind == "code" else Cell()
        return Row((first, *(Cell() for _column in columns[1:])))

    def _column(self, column: Data) -> Column:
        holds_money = column.get("holds") == "money"
        kind: Any = "number" if holds_money else column.get("holds", "text")
        unit = self.case.ledger.currency if holds_money else ""
        return Column(column["title"][self.lang], column["share"], kind, unit)

    def _signing(self, block: Data) -> Signing:
        lines = []
        for given in block["lines"]:
            label = given["label"][self.lang] if "label" in given else ""
            lines.append(line(*(self._fill(given["text"]) if "text" in given else ()), label=label))
        return Signing(tuple(lines))

    _made: Mapping[str, Callable[["_Writer", Data], PaperBlock]] = {
        "heading": _heading,
        "passage": _passage,
        "list": _list,
        "facts": _facts,
        "table": _table,
        "signing": _signing,
    }

    def _fill(self, text: Text) -> tuple[Said, ...]:
        """A text with its gaps filled, or marked where the plan does not fill them."""
        pieces = GAP.split(text[self.lang])
        filled = [Said(piece) if place % 2 == 0 else self._gap(piece) for place, piece in enumerate(pieces)]
        return tuple(said for said in filled if said.text)

    def _gap(self, name: str) -> Said:
        if name == ARTICLE:
            return Said(self.case.word("first_article") if self.articles == 1 else str(self.articles))
        return fact(self.case, name) or self._open(name)

    def _open(self, name: str) -> Said:
        label = words().gaps[name][self.lang]
        self.open.setdefault(name, label)
        return Said(f"[{label}]", gap=True)
