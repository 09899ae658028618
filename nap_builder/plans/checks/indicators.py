"""What is measured, from where to where, and by whom: checks C2 to C7 and F8."""

from collections.abc import Callable
from decimal import Decimal

from nap_builder.kernel.checks import BLOCK, CABINET, INFO, PARLIAMENT, WARN, Check, Found, Question, Threshold, declare
from nap_builder.kernel.languages import _l
from nap_builder.plans.checks.pieces import each, looked_at
from nap_builder.plans.snapshot import Placed, Said, Snapshot

Passes = Callable[[Placed, Snapshot], bool]
OUTCOMES = frozenset({"impact", "outcome"})


def every_objective_is_measured(question: Question) -> Found:
    """C2: each objective has an indicator of its outcome."""
    snapshot = looked_at(question)
    measured = {f"objective:{row.above[0].code}" for row in snapshot.rows["indicator"] if _of_an_outcome(row)}
    for row in snapshot.rows["indicator"]:
        measured |= set(row.said.get("also_measures", ())) if row.said.get("level") in OUTCOMES else set()
    return each(snapshot, [row for row in snapshot.rows["objective"] if f"objective:{row.code}" not in measured])


def _of_an_outcome(row: Placed) -> bool:
    return row.above[0].kind == "objective" and row.said.get("level", "outcome") in OUTCOMES


def every_indicator_has_a_baseline(question: Question) -> Found:
    """C3: each indicator has a baseline with its year, or says when it is measured first."""
    return _without(question, lambda row, _all: _has_baseline(row.said))


def _has_baseline(indicator: Said) -> bool:
    return "year" in indicator.get("baseline", {}) or bool(indicator.get("baseline_due"))


def every_indicator_has_a_target(question: Question) -> Found:
    """C4: each indicator has a target whose date lies within the plan."""
    return _without(
        question, lambda row, whole: any(whole.period.holds(_reached_by(one)) for one in _targets(row.said))
    )


def _reached_by(target: Said) -> str | None:
    """By when a target is meant to be reached: its date, or else its year."""
    return target.get("by") or (str(target["year"]) if "year" in target else None)


def _targets(indicator: Said) -> list[Said]:
    found: list[Said] = indicator.get("targets", [])
    return found


def every_indicator_has_a_source(question: Question) -> Found:
    """C5: each indicator says where its figures come from, and who keeps them."""
    return _without(
        question, lambda row, _all: bool(row.said.get("means_of_verification")) and "responsible" in row.said
    )


def people_are_counted_by_sex(question: Question) -> Found:
    """C6: what counts people counts women and men apart, or says why not."""
    return _without(question, lambda row, _all: _by_sex(row.said))


def _by_sex(indicator: Said) -> bool:
    counts_people = indicator.get("counts") == "people"
    return not counts_people or "sex" in indicator.get("disaggregation", ()) or bool(indicator.get("no_sex_reason"))


def targets_move(question: Question) -> Found:
    """C7: the last target lies beyond the baseline, in the direction that is wanted."""
    return _without(question, lambda row, _all: _moves(row.said))


def _moves(indicator: Said) -> bool:
    before, targets = _number(indicator.get("baseline", {})), _targets(indicator)
    after = _number(targets[-1]) if targets else None
    direction = indicator.get("direction", "increase")
    if before is None or after is None or direction == "maintain":
        return True
    return after > before if direction == "increase" else after < before


def _number(figure: Said) -> Decimal | None:
    if "value" in figure:
        return Decimal(figure["value"])
    if "numerator" in figure and Decimal(figure["denominator"]):
        return Decimal(figure["numerator"]) / Decimal(figure["denominator"])
    return None


def indicators_are_linked(question: Question) -> Found:
    """F8: enough indicators report to a standard one."""
    snapshot = looked_at(question)
    rows = snapshot.rows["indicator"]
    alone = [row for row in rows if not row.said.get("references")]
    linked = len(rows) - len(alone)
    return each(snapshot, alone if linked * 100 < question.thresholds["F8"] * len(rows) else [])


def _without(question: Question, passes: Passes) -> Found:
    snapshot = looked_at(question)
    return each(snapshot, [row for row in snapshot.rows["indicator"] if not passes(row, snapshot)])


declare(
    Check(
        "C2",
        CABINET,
        BLOCK,
        _l("Every objective has at least one indicator of its outcome"),
        _l("Without it nobody will know whether the objective was reached."),
        "S/2007/567 ¶45",
        every_objective_is_measured,
    ),
    Check(
        "C3",
        PARLIAMENT,
        BLOCK,
        _l("Every indicator has a baseline with its year, or a dated plan to collect it"),
        _l("Progress can only be shown from a known start."),
        "S/2007/567 ¶1, ¶45; WLIF 2008",
        every_indicator_has_a_baseline,
    ),
    Check(
        "C4",
        PARLIAMENT,
        BLOCK,
        _l("Every indicator has a target with a date within the plan"),
        _l("A promise that can be checked names how much, and by when."),
        "S/2007/567 ¶1",
        every_indicator_has_a_target,
    ),
    Check(
        "C5",
        CABINET,
        WARN,
        _l("Every indicator has a source of data and an institution that keeps it"),
        _l("An indicator that nobody collects stays empty for five years."),
        _l("Columns of Georgia IV; catalogue of Liberia"),
        every_indicator_has_a_source,
    ),
    Check(
        "C6",
        PARLIAMENT,
        BLOCK,
        _l("Every indicator about people is counted by sex"),
        _l("A total of people hides whether any of them were women."),
        "Pretoria 2007 ¶16, 2.1(c)",
        people_are_counted_by_sex,
    ),
    Check(
        "C7",
        CABINET,
        WARN,
        _l("Every target differs from its baseline and moves as declared"),
        _l("A target that equals the start asks for nothing; one that moves backwards is a slip of the pen."),
        "S/2007/567 ¶14",
        targets_move,
    ),
    Check(
        "F8",
        CABINET,
        INFO,
        _l("Indicators are linked to the 26 global indicators, to SDG targets, or to CEDAW and UPR recommendations"),
        _l("A linked indicator is collected once and reported to all who ask."),
        "S/2010/498",
        indicators_are_linked,
        Threshold(_l("The least that is linked, in per cent of all indicators"), 30),
    ),
)
