"""A contribution as a page of the draft quotes it: cut to what a poor line carries, its wording as it would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nap_builder.consultations.draft import Line
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.tongues import tongue_of_wording
from nap_builder.kernel.languages import choose, tag
from nap_builder.plans.wording import Run, runs

NEWEST = 3  # comments that stand under a row of their own accord (user study 5.10)
SIGNS_OF_A_PAGE, FEWEST_SIGNS, MOST_SIGNS = 9_000, 60, 600
WORDS_AROUND = 5


@dataclass(frozen=True)
class Text:
    """Words in a language, whole or cut."""

    words: str
    language: str
    cut: bool = False


@dataclass(frozen=True)
class Answer:
    """What was answered: a key of DECISIONS, the reason, whose answer it is (a code) and its day."""

    decision: str
    text: Text
    by: str
    on: date | None


@dataclass(frozen=True)
class Quote:
    """A contribution to be shown. `by` is None for nobody's name; `translated` where these are not its own words."""

    code: str
    by: str | None
    on: date | None
    text: Text
    translated: bool
    wording: tuple[Run, ...]
    wording_in: str
    answer: Answer | None

    @property
    def cut(self) -> bool:
        """Whether more of it is to be read elsewhere."""
        return self.text.cut or bool(self.answer and self.answer.text.cut)


def quote(contribution: Contribution, line: Line, by: str | None, most: int | None) -> Quote:
    """A contribution about a row, cut to so many signs where `most` is given."""
    first = contribution.language or contribution.plan.first_language
    text = _text(contribution.text, first, most)
    online = contribution.channel == "online"
    spoken = tongue_of_wording(first, line.words, contribution.plan.first_language, online=online)
    return Quote(
        code=contribution.code,
        by=by,
        on=contribution.held_on or contribution.entered_on,
        text=text,
        translated=contribution.language is not None and text.language != contribution.language,
        wording=_wording(contribution, line.words.get(spoken, ""), most),
        wording_in=spoken,
        answer=_answer(contribution.response, contribution.plan.first_language, most),
    )


def room_for(quotes: int) -> int:
    """How many signs each text of so many quotes may have, that the page stays light: words, wording and answer."""
    return min(MOST_SIGNS, max(FEWEST_SIGNS, SIGNS_OF_A_PAGE // max(1, 3 * quotes)))


def _text(words: Mapping[str, str], first: str, most: int | None) -> Text:
    language = choose(words, tag(), first)
    whole = words[language]
    if most is None or len(whole) <= most:
        return Text(whole, language)
    return Text(whole[:most].rsplit(None, 1)[0] + "…", language, cut=True)


def _answer(response: Mapping[str, Any] | None, first: str, most: int | None) -> Answer | None:
    if not response:
        return None
    said = response["text"]
    words = {first: said} if isinstance(said, str) else said
    on = response.get("on")
    day = date.fromisoformat(on) if on else None
    return Answer(response["decision"], _text(words, first, most), response.get("by", ""), day)


def _wording(contribution: Contribution, before: str, most: int | None) -> tuple[Run, ...]:
    """A suggested wording against the row's text in the same language; all of it new where there is none."""
    proposed = contribution.proposed
    if not proposed:
        return ()
    changed = runs(before, proposed)
    if most is None:
        return changed
    near, left = [_near(run, at, len(changed)) for at, run in enumerate(changed)], most
    kept = []
    for run in near:
        kept.append(Run(run.op, run.text if len(run.text) <= left else run.text[:left] + "…"))
        left -= len(run.text)
        if left <= 0:
            break
    return tuple(kept)


def _near(run: Run, at: int, of: int) -> Run:
    """What stays the same, but for the words next to a change."""
    words = run.text.split(" ")
    if run.op != "equal" or len(words) <= 2 * WORDS_AROUND:
        return run
    start = [] if at == 0 else words[:WORDS_AROUND]
    end = [] if at == of - 1 else words[-WORDS_AROUND:]
    return Run("equal", " ".join([*start, "…", *end]))
