"""What is remembered of the results framework."""

from nap_builder.kernel.audit import Act, act
from nap_builder.kernel.languages import LazyString, _l


def _acts(verb: str, sentences: dict[str, LazyString]) -> dict[str, Act]:
    return {kind: act(f"plans.{kind}.{verb}", sentence) for kind, sentence in sentences.items()}


ADDED = _acts(
    "added",
    {
        "pillar": _l("%(actor)s added pillar %(code)s."),
        "objective": _l("%(actor)s added objective %(code)s."),
        "output": _l("%(actor)s added output %(code)s."),
        "activity": _l("%(actor)s added activity %(code)s."),
        "indicator": _l("%(actor)s added indicator %(code)s."),
        "milestone": _l("%(actor)s added milestone %(code)s."),
    },
)
CHANGED = _acts(
    "changed",
    {
        "pillar": _l("%(actor)s changed pillar %(code)s."),
        "objective": _l("%(actor)s changed objective %(code)s."),
        "output": _l("%(actor)s changed output %(code)s."),
        "activity": _l("%(actor)s changed activity %(code)s."),
        "indicator": _l("%(actor)s changed indicator %(code)s."),
        "milestone": _l("%(actor)s changed milestone %(code)s."),
    },
)
MOVED = _acts(
    "moved",
    {
        "pillar": _l("%(actor)s moved pillar %(code)s."),
        "objective": _l("%(actor)s moved objective %(code)s."),
        "output": _l("%(actor)s moved output %(code)s."),
        "activity": _l("%(actor)s moved activity %(code)s."),
    },
)
ARCHIVED = _acts(
    "archived",
    {
        "pillar": _l("%(actor)s archived pillar %(code)s with what is under it."),
        "objective": _l("%(actor)s archived objective %(code)s with what is under it."),
        "output": _l("%(actor)s archived output %(code)s with what is under it."),
        "activity": _l("%(actor)s archived activity %(code)s."),
        "indicator": _l("%(actor)s archived indicator %(code)s."),
        "milestone": _l("%(actor)s archived milestone %(code)s."),
    },
)
RESTORED = _acts(
    "restored",
    {
        "pillar": _l("%(actor)s restored pillar %(code)s with what was under it."),
        "objective": _l("%(actor)s restored objective %(code)s with what was under it."),
        "output": _l("%(actor)s restored output %(code)s with what was under it."),
        "activity": _l("%(actor)s restored activity %(code)s."),
        "indicator": _l("%(actor)s restored indicator %(code)s."),
        "milestone": _l("%(actor)s restored milestone %(code)s."),
    },
)
