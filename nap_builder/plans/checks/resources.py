"""What the plan costs, and who pays: checks D1 to D5."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from nap_builder.kernel.checks import CABINET, INFO, WARN, Check, Failing, Found, Place, Question, Threshold, declare
from nap_builder.kernel.languages import _, _l, money
from nap_builder.plans.checks.pieces import MATRIX, each, lacking, looked_at
from nap_builder.plans.marks import WRITTEN
from nap_builder.plans.money import Amount, Spending, total
from nap_builder.plans.problems import COST, SOURCE
from nap_builder.plans.snapshot import Said, Snapshot
from nap_builder.plans.sums_in_words import Sum, sums_in

COORDINATION = frozenset({"coordination", "monitoring"})


def enough_is_costed(question: Question) -> Found:
    """D1: enough activities say what they cost."""
    snapshot = looked_at(question)
    rows, uncosted = snapshot.rows["activity"], lacking(question, COST)
    costed = len(rows) - len(uncosted.failing)
    return Found() if costed * 100 >= question.thresholds[COST] * len(rows) else uncosted


def sources_are_named(question: Question) -> Found:
    """D2: each budget line says where the money comes from."""
    return lacking(question, SOURCE)


def gap_can_be_told(question: Question) -> Found:
    """D3: for each budget line it is known whether the money is there, and for which year."""
    snapshot = looked_at(question)
    rows = snapshot.rows["activity"]
    return each(snapshot, [row for row in rows if any(_untold(line) for line in snapshot.spendings(row))])


def _untold(line: Spending) -> bool:
    return line.state == "unknown" or not line.year


def coordination_is_costed(question: Question) -> Found:
    """D4: coordination and monitoring have activities, and these have a cost."""
    snapshot = looked_at(question)
    rows = [row for row in snapshot.rows["activity"] if row.topics & COORDINATION]
    if not rows:
        return Found(says=_("No activity is about coordination or monitoring."), place=MATRIX)
    return each(snapshot, [row for row in rows if COST in snapshot.problems[row]])


def text_agrees_with_the_sums(question: Question) -> Found:
    """D5: each amount written in the text is one that the budget has; a person says where it need not be.

    What is restricted is not read, since the answer is printed with the plan.
    """
    snapshot = looked_at(question)
    known = _sums(snapshot)
    if not known:
        return Found()
    return Found([found for section in snapshot.sections for found in _strange(snapshot, section, known)])


def _strange(snapshot: Snapshot, section: Said, known: dict[str, set[Decimal]]) -> Iterator[Failing]:
    if section.get("restricted"):
        return
    for paragraph in section.get("paragraphs", ()):
        written = {one for text in snapshot.titled(paragraph["text"]).values() for one in sums_in(text, known)}
        for one in sorted(written, key=lambda one: (one.currency, one.value)):
            mark = f"{WRITTEN}:{paragraph['key']}:{one.currency}:{one.value.normalize():f}"
            if not _is_known(one, known[one.currency]) and mark not in snapshot.excepted:
                yield _failing(snapshot, section, paragraph, one, mark)


def _failing(snapshot: Snapshot, section: Said, paragraph: Said, one: Sum, mark: str) -> Failing:
    note = _("%(amount)s is no sum of the budget", amount=money(one.value, one.currency))
    place = Place("plans.section", {"section": section["key"], "_anchor": f"p-{paragraph['key']}"})
    return Failing(snapshot.titled(section["title"]), place, key=f"paragraph:{paragraph['key']}", note=note, mark=mark)


def _is_known(one: Sum, known: set[Decimal]) -> bool:
    return any(abs(one.value - total) * 2 <= one.step for total in known)


def _sums(snapshot: Snapshot) -> dict[str, set[Decimal]]:
    """By currency, the totals of the plan, of its years and of each row of the framework, and each budget line."""
    counted: dict[object, list[Spending]] = defaultdict(list)
    known: dict[str, set[Decimal]] = defaultdict(set)
    given: dict[tuple[object, str], Amount] = defaultdict(Amount)
    for activity in snapshot.rows["activity"]:
        for line in snapshot.spendings(activity):
            known[line.currency] |= {line.given.low, line.given.high, Decimal(line.line.get("unit_cost") or 0)}
            for group in (None, line.year, line.state, activity, *activity.above):
                counted[group].append(line)
                given[group, line.currency] += line.given
    sums = [(currency, amount) for (_group, currency), amount in given.items()]
    for currency, amount in [*sums, *((snapshot.currency, total(lines)) for lines in counted.values())]:
        known[currency] |= {amount.low, amount.high}
    return known


declare(
    Check(
        COST,
        CABINET,
        WARN,
        _l("Enough activities say what they cost"),
        _l("Of 79 plans counted in 2018, fewer than half had a budget; most of the others stayed on paper."),
        _l("PeaceWomen; S/2007/567 ¶35"),
        enough_is_costed,
        Threshold(_l("The least that is costed, in per cent of all activities"), 80),
    ),
    Check(
        SOURCE,
        CABINET,
        WARN,
        _l("Every costed activity names its source: core budget, a donor, or not funded yet"),
        _l("Money without a name is money that nobody has promised."),
        _l("S/2007/567 ¶35; columns of Georgia IV and Ukraine II"),
        sources_are_named,
    ),
    Check(
        "D3",
        CABINET,
        INFO,
        _l("The gap in the funding can be computed for every year"),
        _l("A gap that is shown can be filled; one that is hidden stops the work."),
        "S/2007/567 ¶35, ¶58(d)",
        gap_can_be_told,
    ),
    Check(
        "D4",
        CABINET,
        WARN,
        _l("Coordination and monitoring are costed themselves"),
        _l("A task force without money for its meetings stops meeting."),
        _l("Pretoria 2007 ¶16, 2.1(e); Cordaid/GNWP 2013"),
        coordination_is_costed,
    ),
    Check(
        WRITTEN,
        CABINET,
        INFO,
        _l("Amounts written in the text agree with the sums of the budget"),
        _l("Two different totals in one document are the first thing that Parliament finds."),
        _l("Consistency of the plan with itself"),
        text_agrees_with_the_sums,
    ),
)
