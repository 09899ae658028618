"""What makes a password good enough: length, and being hard to guess; no rules about kinds of letters."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

from nap_builder.kernel.languages import _

SHORTEST = 10
LOWEST_SCORE = 3  # of 4: safe against a hundred million guesses
MEASURED = 72  # letters; the measure takes no more, and needs none


def weakness(password: str, about: Sequence[str] = ()) -> str | None:
    """What is wrong with a password, in plain words; None for a good one. `about` are words on the person."""
    if len(password) < SHORTEST:
        return _("Choose at least %(count)s characters.", count=SHORTEST)
    measured = zxcvbn(password[:MEASURED], user_inputs=[word[:MEASURED] for word in about if word])
    if measured["score"] >= LOWEST_SCORE:
        return None
    used = {part["pattern"] for part in measured["sequence"]}
    if "dictionary" in used:
        return _("This is easy to guess: it holds common words or names. Put four or five unrelated words together.")
    if used & {"repeat", "sequence", "spatial"}:
        return _(
            "This is easy to guess: letters repeat or follow each other. Put four or five unrelated words together."
        )
    return _("This is easy to guess. Make it longer: four or five unrelated words do well.")
