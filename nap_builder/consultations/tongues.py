"""The languages of the world, as people name them: a contribution may be in any."""

import re
from collections.abc import Mapping

from babel import Locale

from nap_builder.kernel.languages import choose, folded, language_name, tag

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
IN_BRACKETS = re.compile(r"\(([A-Za-z0-9-]+)\)\s*$")
SPOKEN_IN_NAMES = ("en", "fr", "ar")


def offered(first: tuple[str, ...] = ()) -> list[str]:
    """Languages to choose from as `Name (tag)`, those of the plan first, then all that have a code of two letters."""
    names = Locale.parse(tag()).languages
    rest = sorted((name, code) for code, name in names.items() if len(code) == 2 and code not in first)
    return [called(code) for code in first] + [f"{name} ({code})" for name, code in rest]


def called(code: str) -> str:
    """A language as `Name (tag)`, in the page's language."""
    return f"{language_name(code, tag())} ({code})"


def tongue_of_wording(said_in: str | None, words: Mapping[str, str], first: str, *, online: bool) -> str:
    """The language (a tag) of a wording that somebody suggests for these `words` of a plan.

    Whoever sends it by the public form is shown the words in one language, and asked for a wording in the same: the
    plan's first where they are not in that of the page (`said_in`). What staff enter is in the language that they say.
    """
    spoken = said_in or first
    return choose(words, spoken, first) if online and words else spoken


def tag_of(text: str) -> str | None:
    """The tag (BCP 47) of a language by its name in English, French, Arabic or itself, by its tag, or as `called`."""
    said = text.strip()
    if bracketed := IN_BRACKETS.search(said):
        said = bracketed.group(1)
    if TAG.fullmatch(said) and said.split("-")[0].lower() in Locale.parse("en").languages:
        head, *rest = said.split("-")
        return "-".join([head.lower(), *rest])
    wanted = folded(said)
    for within in SPOKEN_IN_NAMES:
        for code, name in Locale.parse(within).languages.items():
            if folded(name) == wanted:
                return code
    return None
