"""What an import would do, told line by line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nap_builder.exchange.merging import Merge
from nap_builder.plans.comparison import Change, changes


@dataclass(frozen=True)
class Preview:
    """What an import would do. `notes` say what a person should know of the file besides.

    `known` are the institutions of the installation before the import, by code.
    """

    merge: Merge = field(repr=False)
    known: Mapping[str, dict[str, Any]] = field(repr=False)
    notes: list[str]

    @cached_property
    def changes(self) -> list[Change]:
        """A line for each row, worked out when it is asked for, which takes seconds for a large plan.

        What the file lacks because its kind cannot hold it is left out. An institution that is new to the plan but
        known to the installation is told as kept or changed, so that none is renamed unseen.
        """
        hidden = {flat.ref for flat in self.merge.hidden}
        lines = changes(self.merge.before or None, self.merge.document)
        said = {f"institution:{body['code']}": body for body in self.merge.document["institutions"]}
        return [
            self._institution(line, said[line.ref]) if line.action == "add" and line.ref in said else line
            for line in lines
            if line.ref not in hidden or line.action != "remove"
        ]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines there are of add, change, keep and remove."""
        found = Counter(change.action for change in self.changes)
        return {action: found[action] for action in ("add", "change", "keep", "remove")}

    def _institution(self, line: Change, body: Mapping[str, Any]) -> Change:
        before = self.known.get(body["code"])
        if before is None:
            return line
        names = [name for name in {**body, **before} if body.get(name) != before.get(name)]
        return Change("change", line.ref, ", ".join(names)) if names else Change("keep", line.ref, line.what)
