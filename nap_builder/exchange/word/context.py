"""What the rows of a matrix table stand under: what its own columns say, lines that span it, and headings over it."""

from dataclasses import dataclass, field

from nap_builder.exchange.word.labels import Label
from nap_builder.exchange.word.tree import Node, Tree
from nap_builder.exchange.word.vocabulary import ACTIVITY, LEVELS, OBJECTIVE, OUTPUT, PILLAR
from nap_builder.kernel.languages import _


@dataclass(eq=False)
class Entry:
    """A row that comes, or was found to be there: its place in the file, the row, and what was not understood."""

    place: tuple[int, int]
    node: Node | None = None
    text: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Its place, in words."""
        return _("Table %(table)s, row %(row)s", table=self.place[0], row=self.place[1])

    def note(self, text: str) -> None:
        """Adds what was not understood, once."""
        if text not in self.notes:
            self.notes.append(text)


class Context:
    """The pillar, objective, output and activity at which the reading of a file stands.

    What a line or a heading announces waits, and comes only when a row follows that stands under it.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._at: dict[str, Node] = {}
        self._waiting: list[tuple[str, Label, Entry | None]] = []
        self.heading = ""

    def at(self, kind: str) -> Node | None:
        """The row of a kind at which the reading stands."""
        return self._at.get(kind)

    def lowest(self) -> Node | None:
        """The lowest row above activities; what waits comes first."""
        if self._waiting:
            self.under(ACTIVITY)
        return next((self._at[kind] for kind in (OUTPUT, OBJECTIVE, PILLAR) if kind in self._at), None)

    def awaits(self, kind: str) -> bool:
        """Whether a row of this kind stands over what comes next."""
        return kind in self._at or any(waiting == kind for waiting, _label, _entry in self._waiting)

    def announce(self, kind: str, label: Label, entry: Entry | None = None) -> None:
        """Something stands over the rows that follow."""
        self.leave(kind)
        self._waiting.append((kind, label, entry))

    def leave(self, kind: str) -> None:
        """Whatever stood at this level or below it ends here."""
        self._waiting = [one for one in self._waiting if _rank(one[0]) < _rank(kind)]
        for below in LEVELS[_rank(kind) :]:
            self._at.pop(below, None)

    def go(self, kind: str, title: str, number: str) -> Node:
        """Goes to a row of this kind under what the reading stands at; it comes where it is not there yet."""
        node = self._tree.hang(kind, self.under(kind), title, number)
        if self._at.get(kind) is not node:
            self.leave(kind)
            self._at[kind] = node
        return node

    def under(self, kind: str) -> Node:
        """The row that one of this kind stands under; what was announced over it comes now."""
        while self._waiting and _rank(self._waiting[0][0]) < _rank(kind):
            waiting, label, entry = self._waiting.pop(0)
            node = self._tree.hang(waiting, self._nearest(waiting), label.title, label.number)
            self._at[waiting] = node
            if entry is not None:
                entry.node, entry.text = node, label.title
        return self._nearest(kind)

    def _nearest(self, kind: str) -> Node:
        """The row above, one of the heading's name where a file names none: every row stands under a pillar."""
        if kind == PILLAR:
            return self._tree.top
        if kind == OUTPUT and OBJECTIVE not in self._at:
            pillar = self._nearest(OBJECTIVE)
            self._at[OBJECTIVE] = self._tree.hang(OBJECTIVE, pillar, self.heading or _("Activities"))
        highest = LEVELS[: 1 if kind == OBJECTIVE else _rank(kind)]
        above = next((self._at[one] for one in reversed(highest) if one in self._at), None)
        if above is None:
            above = self._at[PILLAR] = self._tree.hang(PILLAR, self._tree.top, self.heading or _("Activities"))
        return above


def _rank(kind: str) -> int:
    return LEVELS.index(kind)
