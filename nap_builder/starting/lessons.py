"""What a plan leaves to the next one: which objectives are reached, and a section that begins with what was done."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from nap_builder.kernel.database import new_key
from nap_builder.kernel.languages import words_in
from nap_builder.publishing.compose.voice import Voice
from nap_builder.starting.template import Row

OVER = frozenset({"completed", "dropped"})
SECTION = "lessons-of-the-last-plan"

Words = dict[str, str]
Says = Callable[[Voice], str]


def lessons_section(former: Row, languages: Sequence[str], said: Words | None) -> Row | None:
    """The section “Lessons of the last plan” in the languages of the next; None where there is nothing to say.

    `former` is the earlier plan with its progress, each text by language. First comes what a person says; then, for
    each pillar and objective, how many activities were completed, dropped or neither, for people to write on from.
    What is restricted is neither named nor counted.
    """
    voices = [Voice(language) for language in languages]
    paragraphs = [said] if said else []
    kinds = ["paragraph"] * len(paragraphs)
    for pillar in former["pillars"]:
        told = list(_told(pillar, voices))
        if told:
            paragraphs += [pillar["title"], *told]
            kinds += ["heading", *["paragraph"] * len(told)]
    if not paragraphs:
        return None
    return {
        "key": SECTION,
        "title": _in_each(voices, lambda voice: voice.gettext("Lessons of the last plan")),
        "place": "body",
        "paragraphs": [
            {"key": new_key(), "kind": kind, "text": text} for kind, text in zip(kinds, paragraphs, strict=True)
        ],
    }


def _told(pillar: Row, voices: Sequence[Voice]) -> Iterable[Words]:
    """A sentence for each objective of a pillar that had activities, and for those that stood directly under it."""
    loose = [row for row in pillar.get("activities", ()) if not row.get("restricted")]
    parts = [(one, list(_activities(one))) for one in pillar.get("objectives", ())]
    for row, activities in [(pillar, loose), *parts]:
        if activities:
            yield _in_each(voices, partial(_sentence, row, activities))


def _activities(objective: Row) -> Iterable[Row]:
    """The activities of an objective, also those of its outputs, that anybody may know of."""
    outputs = objective.get("outputs", ())
    rows = [*objective.get("activities", ()), *(row for output in outputs for row in output.get("activities", ()))]
    return (row for row in rows if not row.get("restricted"))


def _sentence(row: Row, activities: Sequence[Row], voice: Voice) -> str:
    counts = Counter(activity.get("status") for activity in activities)
    title = words_in(row["title"], voice.lang)
    return voice.gettext(
        "%(code)s %(title)s: %(total)s. Completed: %(completed)s. Dropped: %(dropped)s. Neither: %(rest)s.",
        code=row["code"],
        title=title,
        total=voice.ngettext("%(num)s activity", "%(num)s activities", len(activities)),
        completed=voice.number(counts["completed"]),
        dropped=voice.number(counts["dropped"]),
        rest=voice.number(len(activities) - counts["completed"] - counts["dropped"]),
    )


def _in_each(voices: Sequence[Voice], says: Says) -> Words:
    return {voice.lang: says(voice) for voice in voices}
