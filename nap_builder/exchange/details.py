"""What a person reads of the changes of an import: each row with what it said and will say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.merging import Flat, Merge
from nap_builder.exchange.names import row_name
from nap_builder.kernel.languages import _, language_name, tag, when, words_in
from nap_builder.plans.comparison import Change
from nap_builder.plans.member_names import MEMBERS

MOST_SHOWN = 200
_LONGEST = 400
_DATES = frozenset({"starts", "ends", "due", "baseline_due"})


@dataclass(frozen=True)
class Difference:
    """One member before and after, as text; empty for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Detail:
    """One line of the preview for people."""

    action: str
    name: str
    title: str
    differences: tuple[Difference, ...]


def details(changes: list[Change], merge: Merge) -> dict[str, list[Detail]]:
    """The first lines of each action but `keep`, with what changes in them."""
    before, after = _said(merge.before, merge.old), _said(merge.document, merge.target)
    found: dict[str, list[Detail]] = {"add": [], "change": [], "remove": []}
    for change in changes:
        lines = found.get(change.action)
        if lines is not None and len(lines) < MOST_SHOWN:
            lines.append(_detail(change, before.get(change.ref, {}), after.get(change.ref, {})))
    return found


def _detail(change: Change, before: dict[str, Any], after: dict[str, Any]) -> Detail:
    if change.action != "change":
        return Detail(change.action, row_name(change.ref), change.what, ())
    names = [name for name in change.what.split(", ") if name in before or name in after]
    differences = [one for name in names for one in _differences(name, before.get(name), after.get(name))]
    return Detail(change.action, row_name(change.ref), _title(after), tuple(differences))


def _differences(name: str, before: Any, after: Any) -> Iterator[Difference]:
    """What a member said and will say; of a text each language in which it changes."""
    label = str(MEMBERS[name])
    if not all(_is_text(value) for value in (before, after) if value is not None):
        yield Difference(label, _shown(before, name), _shown(after, name))
        return
    old, new = before or {}, after or {}
    for language in dict.fromkeys((*old, *new)):
        if old.get(language) != new.get(language):
            named = _("%(name)s (%(language)s)", name=label, language=language_name(language, tag()))
            shown = (str(text.get(language, ""))[:_LONGEST] for text in (old, new))
            yield Difference(label if language == tag() else named, *shown)


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _said(document: dict[str, Any], flats: dict[Any, Flat]) -> dict[str, dict[str, Any]]:
    """What each row and each part of a document says, by its reference."""
    said = {flat.ref: flat.says for flat in flats.values()}
    for body in document.get("institutions", ()):
        said[f"institution:{body['code']}"] = body
    for name in ("plan", "task_force"):
        if "plan" in document:
            said[f"{name}:{document['plan']['slug']}"] = document.get(name) or {}
    return said


def _title(says: dict[str, Any]) -> str:
    return next((words_in(says[name])[:_LONGEST] for name in ("title", "name", "policy", "text") if name in says), "")


def _shown(value: Any, name: str) -> str:
    """A value as text: words in the reader's language, lists with commas, and what has parts as the file writes it."""
    if value is None:
        return ""
    if name in _DATES:
        return when(value)
    if _is_text(value):
        return words_in(value)[:_LONGEST]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)[:_LONGEST]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:_LONGEST]
