"""What the plan speaks of: checks F4 to F7 and F9."""

import re
from collections.abc import Iterable, Iterator

from nap_builder.kernel.checks import (
    BLOCK,
    CABINET,
    DOES_NOT_APPLY,
    INFO,
    PARLIAMENT,
    WARN,
    Check,
    Failing,
    Found,
    Place,
    Question,
    Threshold,
    declare,
)
from nap_builder.kernel.languages import _, _l, folded
from nap_builder.plans.checks.pieces import FILES, MATRIX, SECTIONS, looked_at
from nap_builder.plans.names import TOPICS
from nap_builder.plans.snapshot import Placed, Said, Snapshot

SITUATION = ("situation", "context", "contexte", "analys", "تحليل", "السياق")
YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
SOURCES = re.compile(r"https?:|/RES/|sources?\b|المصدر|مصادر", re.IGNORECASE)
OF_CONTRIBUTORS = ("recruitment", "training", "working_environment", "policy_review")
CONTRIBUTOR = "troop_or_police_contributor"


def situation_is_analysed(question: Question) -> Found:
    """F4: a section analyses the situation, names years and cites sources."""
    snapshot = looked_at(question)
    section = next((one for one in snapshot.sections if _tells_the_situation(snapshot, one)), None)
    if section is None:
        return Found(says=_("No section analyses the situation."), place=SECTIONS)
    text = "\n".join(words for one in section.get("paragraphs", ()) for words in snapshot.titled(one["text"]).values())
    faults = list(_faults(text))
    if not faults:
        return Found()
    place = Place("plans.section", {"section": section["key"]})
    note = " · ".join(faults)
    return Found([Failing(snapshot.titled(section["title"]), place, key=f"section:{section['key']}", note=note)])


def _tells_the_situation(snapshot: Snapshot, section: Said) -> bool:
    named = folded(" ".join([section["key"], *snapshot.titled(section["title"]).values()]))
    return any(word in named for word in SITUATION)


def _faults(text: str) -> Iterator[str]:
    if not text.strip():
        yield _("It is empty.")
        return
    if not YEAR.search(text):
        yield _("It names no year.")
    if not SOURCES.search(text):
        yield _("It cites no source.")


def contributors_cover_the_four(question: Question) -> Found:
    """F5: who sends troops or police recruits women by figures, trains, mends the workplace and reviews policies."""
    snapshot = looked_at(question)
    if CONTRIBUTOR not in snapshot.plan.get("context", ()):
        return DOES_NOT_APPLY
    covered = _covered(snapshot)
    if snapshot.document.get("policy_reviews"):
        covered.add("policy_review")
    missing = [topic for topic in OF_CONTRIBUTORS if topic not in covered]
    found = _topics(missing)
    if "recruitment" in covered and not any(map(_counts_recruits, snapshot.rows["indicator"])):
        found.append(Failing(_("A target of recruitment in figures"), Place("plans.indicators"), key="target"))
    return Found(found)


def _counts_recruits(indicator: Placed) -> bool:
    targets = indicator.said.get("targets", ())
    return "recruitment" in indicator.topics and any("value" in one or "numerator" in one for one in targets)


def violence_is_answered(question: Question) -> Found:
    """F6: sexual exploitation and abuse, and gender-based violence, have activities."""
    return _missing(question, ("sea", "gbv"))


def arms_are_spoken_of(question: Question) -> Found:
    """F7: disarmament and small arms have activities."""
    return _missing(question, ("ddr", "small_arms"))


def _missing(question: Question, topics: Iterable[str]) -> Found:
    covered = _covered(looked_at(question))
    return Found(_topics(topic for topic in topics if topic not in covered))


def _covered(snapshot: Snapshot) -> set[str]:
    return {topic for row in snapshot.rows["activity"] for topic in row.topics}


def _topics(names: Iterable[str]) -> list[Failing]:
    return [Failing(str(TOPICS[name]), MATRIX, key=f"topic:{name}") for name in names]


def risks_are_listed(question: Question) -> Found:
    """F9: enough risks are listed, each with its likelihood, its impact and the answer to it."""
    snapshot = looked_at(question)
    risks = snapshot.document.get("risks", ())
    if len(risks) < question.thresholds["F9"]:
        says = _("Risks listed: %(some)s. Wanted: %(all)s.", some=len(risks), all=question.thresholds["F9"])
        return Found(says=says, place=FILES)
    partly = [one for one in risks if not all(one.get(name) for name in ("likelihood", "impact", "response"))]
    return Found([Failing(snapshot.titled(one["title"]), FILES, one.get("code", ""), _ref(one)) for one in partly])


def _ref(risk: Said) -> str:
    return f"risk:{risk['key']}"


declare(
    Check(
        "F4",
        PARLIAMENT,
        BLOCK,
        _l("A section analyses the situation, is dated and cites its sources"),
        _l("Who does not know where women stand today cannot say what has changed."),
        _l("Guidelines 2012; WANEP, step 6"),
        situation_is_analysed,
    ),
    Check(
        "F5",
        CABINET,
        WARN,
        _l("A State that sends troops or police covers recruitment, training, the workplace and its policies"),
        _l("Women are sent on missions where they were recruited, trained and welcome before."),
        "Pretoria 2007 ¶16, 2–5",
        contributors_cover_the_four,
    ),
    Check(
        "F6",
        CABINET,
        WARN,
        _l("Sexual exploitation and abuse, and gender-based violence, are covered"),
        _l("Protection is what the resolution was asked for first."),
        "csw52 ¶22; S/2007/567 ¶30–33; WLIF 2008",
        violence_is_answered,
    ),
    Check(
        "F7",
        CABINET,
        INFO,
        _l("Disarmament, reintegration and small arms are covered"),
        _l("Fewer than a third of plans speak of the weapons that women are threatened with."),
        "S/2007/567 ¶27–29",
        arms_are_spoken_of,
    ),
    Check(
        "F9",
        CABINET,
        INFO,
        _l("Risks are listed with their likelihood, impact and response"),
        _l("A plan for hard times says what it does when they come."),
        _l("Plans of Nepal and Afghanistan"),
        risks_are_listed,
        Threshold(_l("How many risks are listed at least"), 3, 0, 20),
    ),
)
