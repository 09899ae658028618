"""What the record tells of how a plan was made: figures for the chapter, without a person and without small numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import CHANNELS, DECISIONS, SEXES, WITH_WHOM
from nap_builder.consultations.queries.matrix import UNANSWERED, Line, public_matrix
from nap_builder.consultations.queries.stages import StageLine, public_consultations, public_stages
from nap_builder.consultations.suppression import TOTAL, at_least
from nap_builder.consultations.window import OVER, PREPARED, state_of
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.wording import by_language

Words = Mapping[str, str]


@dataclass(frozen=True)
class Log:
    """How a plan was made, as everybody may know: the chapter is for the plan, so nothing else is asked.

    `people` counts those who took part as far as no small number is told, None where nobody counted them; it is all of
    them where `is_whole`. `sexes` is empty unless all of them can be told by sex. `uncounted` are meetings at which
    nobody counted.
    """

    consultations: int
    by_kind: Mapping[str, int]
    first: date | None
    last: date | None
    regions: Sequence[Words]
    regions_without: Sequence[Words]
    without_place: int
    with_whom: Sequence[str]
    not_reached: Sequence[str]
    people: int | None
    is_whole: bool
    sexes: Mapping[str, int]
    uncounted: int
    contributions: int
    channels: Sequence[str]
    decisions: Mapping[str, int]
    unanswered: int
    changed: int
    stages: Sequence[StageLine]


MUST_REACH = ("womens_organisations", "conflict_affected_women", "displaced", "young_women", "women_with_disabilities")
WITHOUT_PEOPLE = frozenset({"online", "written"})


def log_of(plan: Plan) -> Log:
    """The figures of a plan's public consultations that are held, or whose window has opened."""
    held = [one for one in public_consultations(plan) if state_of(one) not in ("coming", PREPARED)]
    open_to_all = [one for one in held if not one.hides_where]
    days = [day for one in open_to_all for day in (one.starts, one.ends if state_of(one) == OVER else None) if day]
    regions = {region["code"]: by_language(region["name"], plan.first_language) for region in plan.regions or ()}
    reached = {one.region for one in open_to_all}
    whom = {group for one in held for group in one.with_whom or ()}
    lines = public_matrix(plan)
    decided = _decided(lines)
    return Log(
        consultations=len(held),
        by_kind=Counter(one.kind for one in held),
        first=min(days, default=None),
        last=max(days, default=None),
        regions=[name for code, name in regions.items() if code in reached],
        regions_without=[name for code, name in regions.items() if code not in reached],
        without_place=len(held) - len(open_to_all),
        with_whom=[group for group in WITH_WHOM if group in whom],
        not_reached=[group for group in MUST_REACH if group not in whom],
        contributions=sum(not entry.marker for line in lines for entry in line.entries),
        channels=[name for name in CHANNELS if any(e.channel == name for line in lines for e in line.entries)],
        decisions={name: decided[name] for name in DECISIONS if decided[name]},
        unanswered=decided[UNANSWERED],
        changed=sum(bool(line.changed) for line in lines),
        stages=public_stages(plan),
        **_people(held),  # type: ignore[arg-type]
    )


def _people(held: Sequence[Consultation]) -> dict[str, object]:
    meetings = [one for one in held if one.kind not in WITHOUT_PEOPLE]
    counted = [one for one in meetings if total_of(one) is not None]
    views = [one.counts for one in counted]
    people, is_whole = at_least(views, TOTAL)
    sexes = {sex: at_least(views, sex) for sex in SEXES if any(sex in view for view in views)}
    told = is_whole and all(map(adds_up, counted)) and all(whole for _number, whole in sexes.values())
    return {
        "people": people if counted else None,
        "is_whole": is_whole,
        "sexes": {sex: number for sex, (number, _whole) in sexes.items() if number} if told else {},
        "uncounted": len(meetings) - len(counted),
    }


def total_of(consultation: Consultation) -> int | None:
    """How many people took part: the total, else the sum of the sexes; None where nobody counted."""
    counts = consultation.participants or {}
    by_sex = [counts[sex] for sex in SEXES if sex in counts]
    return counts.get("total", sum(by_sex) if by_sex else None)


def adds_up(consultation: Consultation) -> bool:
    """Whether participants are counted by sex, and the sexes add up to the total."""
    counts = consultation.participants or {}
    by_sex = [counts[sex] for sex in SEXES if sex in counts]
    return bool(by_sex) and sum(by_sex) == counts.get("total", sum(by_sex))


def _decided(lines: Sequence[Line]) -> Counter[str]:
    found = Counter[str]()
    for line in lines:
        found[line.decision or UNANSWERED] += sum(not entry.marker for entry in line.entries)
    return found
