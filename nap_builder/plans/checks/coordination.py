"""Who leads and supports what: checks B1 to B5 and B7."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from nap_builder.kernel.checks import (
    BLOCK,
    CABINET,
    CONSULT,
    INFO,
    PARLIAMENT,
    PASSES,
    WARN,
    Check,
    Failing,
    Found,
    Place,
    Question,
    Threshold,
    declare,
)
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.plans.checks.pieces import FACTS, body_failing, lacking, looked_at
from nap_builder.plans.marks import ALIKE
from nap_builder.plans.problems import LEAD
from nap_builder.plans.similarity import pairs
from nap_builder.plans.snapshot import Placed, Snapshot
from nap_builder.taskforce.checks import seated


def everything_is_led(question: Question) -> Found:
    """B1: each activity has a lead, its own or that of the row above."""
    return lacking(question, LEAD)


def every_member_acts(question: Question) -> Found:
    """B2: each member leads or supports something, or observes only."""
    snapshot, busy = looked_at(question), set()
    for kind in ("objective", "output", "activity"):
        for row in snapshot.rows[kind]:
            busy.update({row.lead, *row.said.get("co_leads", ()), *row.said.get("supporting", ())})
    idle = [body.code for body in seated(question).members if body.code not in busy]
    return Found([body_failing(snapshot, code) for code in idle])


def every_lead_has_a_post(question: Question) -> Found:
    """B3: each leading institution has a focal point."""
    snapshot = looked_at(question)
    leading = dict.fromkeys(row.lead for row in snapshot.rows["activity"] if row.lead)
    bodies = snapshot.institutions
    missing = [code for code in leading if not bodies.get(code, {}).get("focal_post")]
    return Found(
        [
            Failing(
                snapshot.titled(bodies[code]["name"]) if code in bodies else code,
                Place("taskforce.institution", {"code": code}),
                key=f"institution:{code}",
            )
            for code in missing
        ]
    )


def nobody_leads_too_much(question: Question) -> Found:
    """B4: no institution leads more than a share of all activities."""
    snapshot, most = looked_at(question), question.thresholds["B4"]
    rows = snapshot.rows["activity"]
    counts = Counter(row.lead for row in rows if row.lead)
    return Found(
        [
            body_failing(snapshot, code, note=_("leads %(some)s of %(all)s", some=count, all=len(rows)))
            for code, count in counts.items()
            if count * 100 > most * len(rows)
        ]
    )


def look_alikes(snapshot: Snapshot, least: int) -> Iterator[tuple[Placed, Placed, int]]:
    """Activities of different institutions under one objective whose titles are alike to so many hundredths.

    What is restricted is not compared, since the answer to a look-alike is printed with the plan.
    """
    together: dict[Placed, list[Placed]] = defaultdict(list)
    for row in snapshot.rows["activity"]:
        objective = row.up("objective")
        if objective is not None and not row.said.get("restricted"):
            together[objective].append(row)
    for rows in together.values():
        titles = [snapshot.titled(row.said["title"]) for row in rows]
        for first, second, alike in pairs(titles, least):
            if rows[first].lead != rows[second].lead:
                yield rows[first], rows[second], alike


def mark_of(one: Placed, other: Placed) -> str:
    """The name under which two activities are said not to be the same."""
    return ":".join([ALIKE, *sorted((str(one.said["key"]), str(other.said["key"])))])


def nothing_stands_twice(question: Question) -> Found:
    """B5: no two activities look the same; a person says where they are not."""
    snapshot = looked_at(question)
    return Found(
        [
            _alike_failing(snapshot, one, other)
            for one, other, _alike in look_alikes(snapshot, question.thresholds[ALIKE])
            if mark_of(one, other) not in snapshot.excepted
        ]
    )


def _alike_failing(snapshot: Snapshot, one: Placed, other: Placed) -> Failing:
    title = words_in(snapshot.titled(other.said["title"]))
    note = _("looks like %(code)s %(title)s", code=other.code, title=title)
    page = Place("plans.activity", {"key": one.said["key"]})
    return Failing(snapshot.titled(one.said["title"]), page, one.code, one.ref, note, mark_of(one, other))


def reaches_the_regions(question: Question) -> Found:
    """B7: regions or local authorities are named."""
    snapshot = looked_at(question)
    local = any(row.said.get("reach") in ("regional", "local") for row in snapshot.rows["activity"])
    named = local or any(row.said.get("regions") for row in snapshot.rows["activity"])
    kinds = {body["kind"] for body in snapshot.institutions.values()}
    if snapshot.plan.get("regions") or named or "local_authority" in kinds:
        return PASSES
    return Found(says=_("No region and no local authority is named."), place=FACTS)


declare(
    Check(
        "B1",
        CONSULT,
        BLOCK,
        _l("Every activity has a lead institution"),
        _l("What nobody leads is not done, and nobody can be asked about it."),
        _l("IPI-DPKO 2010 policies ¶2; all real matrices"),
        everything_is_led,
    ),
    Check(
        "B2",
        CABINET,
        WARN,
        _l("Every member leads or supports an activity, or is an observer"),
        _l("A ministry without a part of its own soon stops coming."),
        "S/2007/567 ¶46",
        every_member_acts,
    ),
    Check(
        "B3",
        PARLIAMENT,
        BLOCK,
        _l("Every lead institution has a focal point, named by the post"),
        _l("A question of Parliament needs a post that answers, also after the person has moved on."),
        "S/2007/567 ¶16, ¶22",
        every_lead_has_a_post,
    ),
    Check(
        "B4",
        CABINET,
        INFO,
        _l("No institution leads more than its share of all activities"),
        _l("Where one ministry carries most of the plan, the others see it as that ministry’s affair."),
        "S/2007/567 ¶34, ¶43",
        nobody_leads_too_much,
        Threshold(_l("The most that one institution leads, in per cent of all activities"), 50, 10, 100),
    ),
    Check(
        ALIKE,
        CABINET,
        INFO,
        _l("No two activities of different institutions under one objective look the same"),
        _l("Two ministries that do the same each ask for money for it, and each waits for the other."),
        "S/2007/567 ¶43",
        nothing_stands_twice,
        Threshold(_l("How alike two titles are before you are asked, in per cent"), 85, 50, 100),
    ),
    Check(
        "B7",
        CABINET,
        INFO,
        _l("Regions or local authorities are named, so that the plan reaches the country"),
        _l("Women meet the plan where they live, not in the capital."),
        _l("Practice of Uganda, Kenya, DRC and Nigeria"),
        reaches_the_regions,
    ),
)
