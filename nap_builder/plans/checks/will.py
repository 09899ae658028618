"""Who stands behind the plan, and until when: checks E1 to E4."""

from collections.abc import Iterator

from nap_builder.kernel.checks import (
    ADOPTION,
    BLOCK,
    CABINET,
    WARN,
    Check,
    Failing,
    Found,
    Question,
    Threshold,
    declare,
)
from nap_builder.kernel.languages import _, _l, _n
from nap_builder.plans.calendar import last_day, months_later
from nap_builder.plans.checks.pieces import FACTS, FOLLOWING, MILESTONES, looked_at, of_kinds
from nap_builder.plans.names import MILESTONE_KINDS
from nap_builder.plans.snapshot import Said


def adoption_is_recorded(question: Question) -> Found:
    """E1: who adopts, by which act and when."""
    return Found([Failing(words, FACTS, key=f"adoption:{name}") for name, words in _missing(looked_at(question).plan)])


def _missing(plan: Said) -> Iterator[tuple[str, str]]:
    adoption = plan.get("adoption", {})
    if "level" not in adoption:
        yield "level", _("Who adopts it")
    if "instrument" not in adoption and "number" not in adoption:
        yield "instrument", _("The act, or its number")
    if "date" not in adoption:
        yield "date", _("The day of the adoption")


def foreword_is_signed(question: Question) -> Found:
    """E2: a foreword bears a name, a post and a day."""
    signed = [row for row in looked_at(question).plan.get("signatures", ()) if row["of"] == "foreword"]
    whole = any(row.get("name") and row.get("on") for row in signed)
    return Found(says="" if whole else _("No foreword has a name, a post and a day yet."), place=FOLLOWING)


def parliament_debates(question: Question) -> Found:
    """E3: the tabling and a debate or a review by a committee are scheduled."""
    snapshot = looked_at(question)
    wanted = {"tabling": ("tabling",), "debate": ("debate", "committee_review")}
    missing = [name for name, kinds in wanted.items() if not of_kinds(snapshot, *kinds)]
    return Found([Failing(str(MILESTONE_KINDS[name]), MILESTONES, key=f"kind:{name}") for name in missing])


def renewal_is_in_time(question: Question) -> Found:
    """E4: work on the next plan begins long enough before this one ends."""
    snapshot, months = looked_at(question), question.thresholds["E4"]
    latest = months_later(snapshot.period.ends, -months)
    if any(row.said.get("due") and last_day(row.said["due"]) <= latest for row in of_kinds(snapshot, "renewal")):
        return Found()
    says = _n(
        "No renewal is scheduled %(num)s month or more before the plan ends.",
        "No renewal is scheduled %(num)s months or more before the plan ends.",
        months,
    )
    return Found(says=says, place=MILESTONES)


declare(
    Check(
        "E1",
        ADOPTION,
        BLOCK,
        _l("The adoption is recorded: by whom, by which act, with its number and date"),
        _l("A plan without an act binds no successor."),
        _l("Acts of Nepal, Albania, Lithuania and Ukraine"),
        adoption_is_recorded,
    ),
    Check(
        "E2",
        CABINET,
        WARN,
        _l("The foreword is signed by a minister or the head of government"),
        _l("A signature makes somebody answer for the plan."),
        _l("Namibia and Nepal; S/2007/567 ¶58(h)"),
        foreword_is_signed,
    ),
    Check(
        "E3",
        CABINET,
        WARN,
        _l("The tabling in parliament and a debate or a review by a committee are scheduled"),
        _l("Parliament votes the money, and asks where it went."),
        "Pretoria 2007 ¶16, 2.2",
        parliament_debates,
    ),
    Check(
        "E4",
        CABINET,
        WARN,
        _l("The plan has an end, and its renewal is scheduled in time before it"),
        _l("Many plans lapse for years because the next one was begun too late."),
        _l("Gaps of Sierra Leone, Nigeria and Nepal"),
        renewal_is_in_time,
        Threshold(_l("How many months before the end the renewal begins"), 12, 1, 36),
    ),
)
