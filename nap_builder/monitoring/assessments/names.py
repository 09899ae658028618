"""What the judgements of organisations are called, and how each looks as a tag."""

from nap_builder.kernel.languages import LazyString, _l

JUDGEMENTS: dict[str, LazyString] = {
    "achieved": _l("Achieved"),
    "on_the_way": _l("On the way"),
    "too_slow": _l("Too slow"),
    "no_change": _l("Nothing changed"),
    "worse": _l("Worse than before"),
}
KINDS = {"achieved": "done", "on_the_way": "ok", "too_slow": "warn", "no_change": "none", "worse": "late"}
