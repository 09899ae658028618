"""What is remembered when somebody takes back what they did."""

import json

from nap_builder.kernel.audit import ACTS, act, reads
from nap_builder.kernel.languages import _, _l

UNDONE = act("plans.act.undone", _l("%(actor)s undid this: %(undone)s"))


def as_argument(word: str, actor: str, arguments: dict[str, str]) -> str:
    """An act as the trail keeps it within the sentence that says it was undone: JSON, read by `undone_said`."""
    return json.dumps([word, {**arguments, "actor": actor}], ensure_ascii=False)


def undone_said(kept: str) -> str:
    """The sentence of the act that was undone, in the reader's language."""
    word, arguments = json.loads(kept)
    return str(ACTS[word].sentence) % arguments if word in ACTS else _("This entry can no longer be read.")


reads("undone", undone_said)
