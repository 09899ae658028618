"""Matrix tables as rows of the results framework: pillars, objectives, outputs, activities and their indicators."""

from collections.abc import Iterator, Mapping, Sequence

from nap_builder.exchange.word.contents import Block, Cell, Paragraph, Table
from nap_builder.exchange.word.context import Context, Entry
from nap_builder.exchange.word.filling import Facts, Filler, others_in
from nap_builder.exchange.word.heads import Matrix
from nap_builder.exchange.word.labels import Label, depth_of, label_of
from nap_builder.exchange.word.lines import Line, announced, goes_on, lines_of, number_in
from nap_builder.exchange.word.measuring import measure
from nap_builder.exchange.word.tree import Node, Row, Tree
from nap_builder.exchange.word.vocabulary import ACTIVITY, LEVELS, OBJECTIVE, OUTPUT, PILLAR, plain, words
from nap_builder.kernel.languages import _

Mapped = Mapping[int, tuple[Matrix, Sequence[str]]]

_LONGEST_OVER = 240  # signs of a line over a table that may name a pillar or an objective
_LONGEST_SPANNING = 2_000
_ABOVE = (PILLAR, OBJECTIVE, OUTPUT)
_SUM = r"(sub.?total|grand total|total|sous.?total|المجموع|الاجمالي|مجموع|اجمالي)(?!\w)"


class Framework:
    """Hangs the tables of a file, as they follow each other between headings, into the framework of a document."""

    def __init__(self, document: Row, facts: Facts) -> None:
        self._tree = Tree(document, facts.language)
        self._context = Context(self._tree)
        self._filler = Filler(facts)
        self._cells: dict[str, Cell] = {}
        self._columns: Sequence[str] = ()
        self.entries: list[Entry] = []

    def take(self, blocks: Sequence[Block], mapped: Mapped) -> None:
        """Goes through a file from its first block to its last; `mapped` are the tables that are taken, by number."""
        for number, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                self._pass(block, over=number + 1 < len(blocks) and isinstance(blocks[number + 1], Table))
            elif block.number in mapped:
                matrix, self._columns = mapped[block.number]
                self._context.leave(ACTIVITY)
                for line in lines_of(matrix, self._columns):
                    self._take(line)

    @property
    def strangers(self) -> list[tuple[str, int]]:
        """Who was named that is no institution of the installation, and in how many rows, the most frequent first."""
        return self._filler.strangers.most_common()

    def finish(self) -> None:
        """Gives the new rows their numbers, and tells what was left out."""
        entries: dict[int, Entry] = {}
        for entry in self.entries:
            node = entry.node
            if node is None and not entry.notes:
                entry.note(_("This line belongs to no row. It is left out."))
            while node is not None:
                entries.setdefault(id(node), entry)
                node = node.parent
        for changed, number in self._tree.number():
            if id(changed) in entries:
                code = changed.row["code"]
                entries[id(changed)].note(
                    _("The number %(number)s is taken: it becomes %(code)s.", number=number, code=code)
                )

    def _pass(self, paragraph: Paragraph, *, over: bool) -> None:
        """Keeps a heading, and the pillar or objective that it, a bold line, or the line over a table names."""
        text = paragraph.text
        if not text or len(text) > _LONGEST_OVER or not (paragraph.level or paragraph.bold or over):
            return
        label = label_of(text)
        if paragraph.level:
            self._context.heading = label.title
        if label.kind in _ABOVE and (label.number or label.title != text):
            self._context.announce(str(label.kind), label)

    def _take(self, line: Line) -> None:
        first = line.spans or next((said.text for found in line.says.values() for said in found if said.text), "")
        entry = Entry((line.table, line.row), text=first)
        if words(_SUM).match(plain(first[:_LONGEST_SPANNING])):
            entry.note(_("This is a sum. It is left out, since sums are worked out here."))
            self.entries.append(entry)
        elif line.spans:
            self.entries.append(entry)
            self._announce(line, entry)
        else:
            self._line(line, entry)

    def _announce(self, line: Line, entry: Entry) -> None:
        """A row that spans the table: a pillar, an objective or an output, by its word, its number or its place."""
        if len(line.spans) > _LONGEST_SPANNING:
            return
        label = label_of(line.spans)
        kind = label.kind or announced(line.spans) or self._by_place(line, label)
        if kind in _ABOVE:
            self._context.announce(kind, label, entry)

    def _by_place(self, line: Line, label: Label) -> str:
        if label.number and not label.number.isalpha():
            return LEVELS[min(depth_of(label.number), 3) - 1]
        if line.above:
            return ""
        named = OBJECTIVE in self._columns
        return PILLAR if named or not self._context.awaits(PILLAR) else OBJECTIVE

    def _line(self, line: Line, entry: Entry) -> None:
        node, anew = self._levels(line), False
        if ACTIVITY in self._columns and not goes_on(line):
            node, anew = self._activity(line), True
        elif not node and ACTIVITY in self._columns:
            node = self._context.at(ACTIVITY)
        node = node or self._context.lowest()
        if node is None:
            entry.text = " · ".join(said.text for said in others_in(line))
            entry.note(_("This row names no activity. It is left out."))
        elif not anew and self.entries and self.entries[-1].node is node:
            entry = self.entries[-1]
        if not self.entries or self.entries[-1] is not entry:
            self.entries.append(entry)
        if node is not None:
            entry.node, entry.text = node, title_of(node)
            self._say(node, line, entry)

    def _say(self, node: Node, line: Line, entry: Entry) -> None:
        """Writes a line into its row; one that stands in the plan already keeps what it says."""
        if node.new:
            self._filler.fill(node, line, entry.note)
        for label in dict.fromkeys(line.shared):
            entry.note(_("“%(column)s” is one cell for several rows: it is kept with the first of them.", column=label))
        if node.new or node.kind != ACTIVITY:
            measure(self._tree, node, line, self._filler, entry.note)

    def _levels(self, line: Line) -> Node | None:
        """Goes to what the level columns of a line name; the lowest of them where one is not the row above's."""
        lowest = None
        for kind in _ABOVE:
            said = [one for one in line.says.get(kind, ()) if one.text]
            if not said or (said[0].cell is self._cells.get(kind) and self._context.at(kind)):
                continue
            label = label_of(" ".join(one.text for one in said))
            before = self._context.at(kind)
            node = self._context.go(kind, label.title, label.number)
            self._cells[kind] = said[0].cell
            lowest = node if node is not before else lowest
        return lowest

    def _activity(self, line: Line) -> Node:
        lines = line.lines(ACTIVITY)
        label = label_of(lines[0])
        number = number_in(line) or label.number
        node = self._context.go(ACTIVITY, label.title, number.strip(" ."))
        if node.new and len(lines) > 1:
            node.row["description"] = self._filler.words("\n".join(lines[1:]))
        return node


def title_of(node: Node) -> str:
    """What a row is called, in the language of the file if it comes from there."""
    title = node.row["title"]
    return title if isinstance(title, str) else next(iter(title.values()), "")


def new_rows(entries: Sequence[Entry]) -> Iterator[tuple[Node, Entry]]:
    """The rows that come, and the rows above them that come with them, each with its place."""
    seen: set[int] = set()
    for entry in entries:
        node = entry.node
        while node is not None and node.new and id(node) not in seen:
            seen.add(id(node))
            yield node, entry
            node = node.parent
