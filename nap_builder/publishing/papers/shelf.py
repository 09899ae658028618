"""The model papers as they lie under `seeds/papers`: read once, checked, and found by their key."""

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _l
from nap_builder.kernel.seeds import SEEDS

FOLDER = SEEDS / "papers"
WORDS = FOLDER / "words.json"
SCHEMA = Path(__file__).parent / "paper.schema.json"
LANGUAGES = ("en", "fr", "ar")
GAP = re.compile(r"\{([a-z_]+)\}")
PHASES = {
    "prepare": _l("Prepare"),
    "consult": _l("Consult"),
    "draft": _l("Draft and meet"),
    "agree": _l("Cost and agree"),
    "adopt": _l("Adopt"),
}

Text = Mapping[str, str]


class Faulty(ValueError):
    """A model paper breaks the schema; the message names the file and the place."""


@dataclass(frozen=True)
class ModelPaper:
    """A model paper. `blocks` are as the file says them; `for_each` institution means one paper for each that leads."""

    key: str
    number: int
    phase: str
    for_each: str
    letterhead: tuple[str, ...]
    title: Text
    about: Text
    practice: Text
    sources: tuple[str, ...]
    blocks: tuple[Mapping[str, Any], ...]

    @property
    def for_institutions(self) -> bool:
        """Whether there is one of it for each institution that leads."""
        return self.for_each == "institution"

    def names(self) -> frozenset[str]:
        """Every gap, list, table and condition that the paper names."""
        return frozenset(self.letterhead) | frozenset(_names(self.blocks))


@dataclass(frozen=True)
class Words:
    """What the gaps are called where they stay open, and the few words that rows of tables need."""

    gaps: Mapping[str, Text]
    said: Mapping[str, Text]


@functools.cache
def papers() -> tuple[ModelPaper, ...]:
    """All model papers, in the order of the process. Raises Faulty."""
    found = [read(path) for path in sorted(FOLDER.glob("*.json")) if path != WORDS]
    return tuple(sorted(found, key=lambda paper: paper.number))


def paper_called(key: str) -> ModelPaper:
    """The model paper of a key. Raises Missing."""
    found = next((paper for paper in papers() if paper.key == key), None)
    if found is None:
        raise Missing
    return found


@functools.cache
def words() -> Words:
    """The words that all papers share."""
    data = json.loads(WORDS.read_text(encoding="utf-8"))
    return Words(data["gaps"], data["words"])


def read(path: Path) -> ModelPaper:
    """The model paper in a file. Raises Faulty."""
    data = json.loads(path.read_text(encoding="utf-8"))
    fault = next(_checker().iter_errors(data), None)
    if fault is not None:
        raise Faulty(f"{path.name}: {fault.json_path}: {fault.message}")
    if data["key"] != path.stem:
        raise Faulty(f"{path.name}: the key is {data['key']}")
    listed = {name: tuple(data[name]) for name in ("letterhead", "sources", "blocks")}
    return ModelPaper(**{**data, **listed})


@functools.cache
def _checker() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def texts(blocks: Iterable[Mapping[str, Any]]) -> Iterator[Text]:
    """Every text of some blocks, in order."""
    for block in blocks:
        yield from _texts(block)


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Mapping):
        if set(LANGUAGES) <= value.keys():
            yield value
            return
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _names(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        yield from (block[name] for name in ("rows", "when") if name in block)
        for inner in ("blocks", "otherwise"):
            yield from _names(block.get(inner, ()))
    for text in texts(blocks):
        for said in text.values():
            yield from GAP.findall(said)
