"""An answer to a contribution: what it says, and the sentences that are put after its reason in every language.

The format keeps decision, text, changed rows, institution and day, and no more. What else a reader has to know, that a
change is still to be made or that the answer was changed, is therefore said in the text itself, so that every page,
file and print says it too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nap_builder.kernel.languages import LazyString, _l, speaking

Words = dict[str, str]
TAKING = frozenset({"accepted", "partly_accepted"})  # decisions after which something in the plan changes
LATER = _l("The change is still to be made.")
REVISED = _l("This answer was changed after it was first published.")
BLANK_LINE = "\n\n"


@dataclass(frozen=True)
class Answer:
    """What an answer says. `changed` holds `kind:key` references; `row_version` is that of its contribution.

    `later`: the change is still to be made.
    """

    decision: str | None = None
    reason: Words | None = None
    changed: list[str] = field(default_factory=list)
    later: bool = False
    by: str | None = None
    row_version: int | None = None


def read(stored: dict[str, Any] | None, row_version: int | None = None) -> Answer:
    """An answer as a form takes it, from how a contribution stores it (None for no answer)."""
    if not stored:
        return Answer(row_version=row_version)
    reason, later = _opened(stored.get("text") or {})
    return Answer(
        decision=stored.get("decision"),
        reason=reason,
        changed=list(stored.get("changed") or ()),
        later=later,
        by=stored.get("by"),
        row_version=row_version,
    )


def stored(answer: Answer, *, revised: bool = False) -> dict[str, Any]:
    """An answer as a contribution stores it: the member `response` of nap-plan/1, without institution and day."""
    sentences = [LATER] if answer.later else []
    text = with_sentences(answer.reason or {}, [*sentences, *([REVISED] if revised else [])])
    said = {"decision": answer.decision, "text": text, "changed": list(answer.changed)}
    return {name: value for name, value in said.items() if value}


def with_sentences(text: Words, sentences: Sequence[LazyString]) -> Words:
    """A text with sentences after it, each in the language of the text."""
    return {tag: BLANK_LINE.join([words.rstrip(), *_said_in(tag, sentences)]) for tag, words in text.items()}


def in_each(sentence: LazyString, languages: Iterable[str]) -> Words:
    """A sentence of ours in each of these languages."""
    return {tag: _said_in(tag, [sentence])[0] for tag in languages}


def _opened(text: Words) -> tuple[Words, bool]:
    """A text without the sentences after it, and whether one said that the change is still to be made."""
    found, later = {}, False
    for tag, words in text.items():
        rest, is_later, is_revised = words, False, False
        promise, note = _said_in(tag, [LATER, REVISED])
        rest, is_revised = _without(rest, note)
        rest, is_later = _without(rest, promise)
        later = later or is_later
        found[tag] = rest if is_later or is_revised else words
    return found, later


def _without(words: str, sentence: str) -> tuple[str, bool]:
    end = BLANK_LINE + sentence
    return (words.removesuffix(end), True) if words.endswith(end) else (words, False)


def _said_in(tag: str, sentences: Sequence[LazyString]) -> list[str]:
    with speaking(tag):
        return [str(sentence) for sentence in sentences]
