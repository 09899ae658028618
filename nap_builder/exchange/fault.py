"""A fault of a file: where it is and what is wrong, in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.languages import LazyString, _n
from nap_builder.plans.schema import Place

MOST_FAULTS = 200
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file. `place` is a JSON pointer (RFC 6901; empty: the file as a whole) or sheet!cell."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place or '/'}: {self.message}"


class Refused(DomainError):
    """A file that cannot be taken in; nothing of it was kept. `faults` says why, in the order of the file."""

    status: ClassVar[int] = 422

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Faults:
    """Gathers faults up to a number a person can read, and counts the rest. `said` says a place as the file does."""

    def __init__(self, most: int = MOST_FAULTS, said: Callable[[Place], str] | None = None) -> None:
        self._most = most
        self._said = said or pointer
        self._found: list[Fault] = []
        self._more = 0
        self._places: set[Place] = set()
        self._closed: frozenset[Place] = frozenset()

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, place: Place, message: LazyString | str) -> None:
        """Notes a fault; its words are only made when they will be shown."""
        if place in self._closed:
            return
        if len(self._found) < self._most:
            self._places.add(place)
            self.add_at(self._said(place), message)
        else:
            self._more += 1

    def add_at(self, place: str, message: LazyString | str) -> None:
        """Notes a fault at a place that is said already."""
        if len(self._found) < self._most:
            self._found.append(Fault(place, str(message)))
        else:
            self._more += 1

    def close_places(self) -> None:
        """From here on, what has a fault already is given no second one: it would only say the same once more."""
        self._closed = frozenset(self._places)

    def listed(self) -> list[Fault]:
        """The faults, and a last one that says how many more there are."""
        if not self._more:
            return list(self._found)
        return [*self._found, Fault("", _n("%(num)s more fault.", "%(num)s more faults.", self._more))]


def pointer(place: Place) -> str:
    """A place in a document as a JSON pointer (RFC 6901) that fits on a line."""
    return "".join("/" + shown(str(part)).replace("~", "~0").replace("/", "~1") for part in place)


def shown(text: str) -> str:
    """A text as it can stand in a line: cut when long, and signs that cannot be seen written as their number."""
    cut = text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME] + "…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut)
