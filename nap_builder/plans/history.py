"""Acts of the audit trail as pages tell them."""

from typing import Any

from nap_builder.kernel.audit import AuditEntry, sentence_of
from nap_builder.kernel.languages import _, listed, moment, words_in
from nap_builder.plans.member_names import MEMBERS, value_said
from nap_builder.plans.names import named


def told(entry: AuditEntry, *, changes: bool = True, whole: bool = False) -> dict[str, Any]:
    """An act for a list of acts: its sentence, its moment, and what changed unless that is to be left out.

    A fingerprint is cut short unless the `whole` is asked for. What was erased since, or is of a release that declared
    other acts, says that it cannot be read.
    """
    content, sentence = entry.content, sentence_of(entry, whole=whole)
    if content is None or sentence is None:
        return {"sentence": _("This entry can no longer be read."), "at": moment(entry.at), "changes": []}
    pairs = content.changes.items() if changes else ()
    return {
        "sentence": sentence,
        "at": moment(entry.at),
        "changes": [
            {"label": named(MEMBERS, name), "before": _shown(name, before), "after": _shown(name, after)}
            for name, (before, after) in pairs
        ],
    }


def _shown(name: str, value: Any) -> str:
    """A value of the trail as a person reads it: a text in the reader's language, a list by commas."""
    if value is None or isinstance(value, bool):
        return "" if value is None else _("Yes") if value else _("No")
    if isinstance(value, dict):
        return words_in(value) if all(isinstance(text, str) for text in value.values()) else _pairs(value)
    return listed(value_said(name, one) for one in value) if isinstance(value, list) else value_said(name, value)


def _pairs(value: dict[str, Any]) -> str:
    return listed(f"{named(MEMBERS, name)}: {value_said(name, inner)}" for name, inner in value.items())
