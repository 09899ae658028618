"""What readiness asks of the consultations: checks A4 to A8, and of what would be published of them G1 and G2."""

import re
from collections.abc import Sequence

from nap_builder.consultations.attribution import NAMED, ORGANISATION, too_wide
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import WITH_WHOM
from nap_builder.consultations.queries.log import WITHOUT_PEOPLE, adds_up
from nap_builder.consultations.queries.standing import (
    Standing,
    facts_hidden,
    names_one,
    standing,
    texts_of,
)
from nap_builder.kernel.checks import (
    BLOCK,
    CABINET,
    CONSULT,
    DOES_NOT_APPLY,
    PARLIAMENT,
    PASSES,
    WARN,
    Check,
    Failing,
    Found,
    Place,
    Question,
    declare,
)
from nap_builder.kernel.clock import today
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.marks import REGION

LIST = Place("consultations.consultations")
MATRIX = Place("consultations.heard")
CIVIL_SOCIETY = ("womens_organisations", "civil_society")
REACHED = (("conflict_affected_women", "displaced"), ("young_women",), ("women_with_disabilities",))
# An address of e-mail, or a telephone number of at least eight figures.
PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d(?:[ ()./-]?\d){7,}")
NOT_A_NUMBER = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d{2} ?[-–/] ?(?:19|20)\d{2}\b")  # days, spans of years


def looked_at(question: Question) -> Standing:
    """The consultations as the asker may know of them."""
    return question.once(standing, question.plan, question.who)


def civil_society_was_asked(question: Question) -> Found:
    """A4: a consultation with women's organisations or civil society has ended."""
    day = today(question.plan.timezone)
    for one in looked_at(question).consultations:
        if set(one.with_whom or ()) & set(CIVIL_SOCIETY) and (one.ends or one.starts) < day:
            return PASSES
    return Found(says=_("No consultation with women’s organisations or civil society has ended yet."), place=LIST)


def every_region_was_asked(question: Question) -> Found:
    """A5: each region of the plan had a consultation that may be told of, or somebody said why not."""
    regions = question.plan.regions or ()
    if not regions:
        return DOES_NOT_APPLY
    asked = looked_at(question).regions
    excepted = {one["check"] for one in question.plan.not_applicable or ()}
    missing = [region for region in regions if region["code"] not in asked]
    rows = [
        Failing(region["name"], LIST, region["code"], f"region:{region['code']}", mark=f"{REGION}:{region['code']}")
        for region in missing
    ]
    return Found([row for row in rows if row.mark not in excepted], place=LIST)


def each_group_was_reached(question: Question) -> Found:
    """A6: conflict-affected or displaced women, young women, and women with disabilities were each asked."""
    asked = {group for one in looked_at(question).consultations for group in one.with_whom or ()}
    missing = [groups for groups in REACHED if not asked & set(groups)]
    return Found(
        [
            Failing(_(" or ").join(str(WITH_WHOM[group]) for group in groups), LIST, key=f"group:{groups[0]}")
            for groups in missing
        ],
        place=LIST,
    )


def people_are_counted(question: Question) -> Found:
    """A7: at every meeting the people were counted by sex, and the counts add up."""
    day = today(question.plan.timezone)
    found = looked_at(question)
    held = [one for one in found.consultations if one.kind not in WITHOUT_PEOPLE and one.starts <= day]
    if not held:
        return DOES_NOT_APPLY
    return Found([_of_consultation(found, one) for one in held if not adds_up(one)], place=LIST)


def all_is_answered(question: Question) -> Found:
    """A8: every contribution has a published answer."""
    found = looked_at(question)
    if not found.contributions:
        return DOES_NOT_APPLY
    return Found([_of_contribution(one) for one in found.unanswered], place=MATRIX)


def nothing_personal_is_public(question: Question) -> Found:
    """G1: no public text tells how to reach a person, what a high risk hides, or an organisation without consent."""
    found = looked_at(question)
    rows = [_of_consultation(found, one, note) for one in found.public if (note := _fault_of_consultation(found, one))]
    rows += [
        _of_contribution(one, note) for one, texts in found.said_publicly() if (note := _fault_of(found, one, texts))
    ]
    return Found(rows, place=LIST)


def names_stay_away(question: Question) -> Found:
    """G2: what is not to bear a name bears none: not beside it, and not in its text or its answer."""
    found = looked_at(question)
    rows = [
        _of_contribution(one, _("It says a name that its consultation does not allow."))
        for one in found.contributions
        if one.shown and too_wide(one)
    ]
    rows += [
        _of_contribution(one, _("The name of who said it stands in its text, or in its answer."))
        for one, texts in found.said_publicly()
        if (one.attribution not in (NAMED, ORGANISATION) or too_wide(one)) and names_one(texts, [one.by or ""])
    ]
    return Found(rows, place=MATRIX)


def _fault_of_consultation(found: Standing, one: Consultation) -> str:
    texts = texts_of(one)
    if _is_personal(texts):
        return _("A text about it tells how to reach a person.")
    if one.hides_where and names_one(texts, facts_hidden(one)):
        return _("A text about it tells its place, its day or who took part, which its risk hides.")
    if names_one(texts, found.without_consent(one)):
        return _("A text about it names an organisation that did not agree to be named.")
    return ""


def _fault_of(found: Standing, one: Contribution, texts: Sequence[str]) -> str:
    if _is_personal(texts):
        return _("Its text, or its answer, tells how to reach a person.")
    if one.consultation.hides_where and names_one(texts, facts_hidden(one.consultation)):
        return _("Its text, or its answer, tells the place, the day or who took part, which the risk hides.")
    if one.attribution == ORGANISATION and not found.may_name(one.by or "", one.consultation):
        return _("It says the name of an organisation that did not agree to be named.")
    return ""


def _is_personal(texts: Sequence[str]) -> bool:
    return any(PERSONAL.search(NOT_A_NUMBER.sub("", text)) for text in texts)


def _of_consultation(found: Standing, one: Consultation, note: str = "") -> Failing:
    place = Place("consultations.consultations", {"_anchor": f"c-{one.key}"})
    return Failing(found.called(one), place, one.code, f"consultation:{one.key}", note)


def _of_contribution(one: Contribution, note: str = "") -> Failing:
    place = Place("consultations.heard", {"_anchor": f"k-{one.key}"})
    return Failing(one.text, place, one.code, f"contribution:{one.key}", note)


declare(
    Check(
        "A4",
        CABINET,
        BLOCK,
        _l("Women’s organisations and civil society were consulted before the plan was finished"),
        _l("Those whom a plan is for know what it lacks, and defend it later if they were asked."),
        "csw52 ¶16; Pretoria 2007 ¶15.1(b)",
        civil_society_was_asked,
    ),
    Check(
        REGION,
        CABINET,
        WARN,
        _l("Every region of the plan had a consultation, or the gap is explained"),
        _l("What women need in one region is not what they need in another."),
        _l("Practice of Nepal and Nigeria; One Earth Future"),
        every_region_was_asked,
    ),
    Check(
        "A6",
        CABINET,
        WARN,
        _l("Consultations reached women affected by conflict or displaced, young women, and women with disabilities"),
        _l("They carry most of what the plan is about, and are the last to be invited."),
        _l("WLIF 2008; Nepal I"),
        each_group_was_reached,
    ),
    Check(
        "A7",
        CABINET,
        WARN,
        _l("At every consultation those who took part were counted by sex, and the counts add up"),
        _l("A plan that asks others for figures by sex should have its own."),
        "S/2007/567 ¶11, ¶17; Pretoria 2007 ¶16",
        people_are_counted,
    ),
    Check(
        "A8",
        PARLIAMENT,
        BLOCK,
        _l("Every contribution has an answer, with its reason"),
        _l("Who is asked and never answered does not come a second time."),
        _l("United Kingdom 2020, “Responding to feedback”"),
        all_is_answered,
    ),
    Check(
        "G1",
        CONSULT,
        BLOCK,
        _l("Nothing personal is in what would be published of the consultations"),
        _l("A telephone number, a place or a name can bring harm to whoever spoke."),
        "WHO 2007; OHCHR ch. 14; IPI-DPKO 2010",
        nothing_personal_is_public,
    ),
    Check(
        "G2",
        CONSULT,
        BLOCK,
        _l("What was said without a name stays without one everywhere"),
        _l("People spoke freely because they were promised that."),
        "IPI-DPKO 2010",
        names_stay_away,
    ),
)
