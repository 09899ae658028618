"""What the kinds of rows, and the values of the format's lists, are called on pages, in imports and in print."""

from collections.abc import Mapping

from nap_builder.kernel.languages import LazyString, _l
from nap_builder.reference.names import REPORTERS as REPORTERS

ROWS = {
    "pillar": _l("Pillar"),
    "objective": _l("Objective"),
    "output": _l("Output"),
    "activity": _l("Activity"),
    "indicator": _l("Indicator"),
    "milestone": _l("Milestone"),
    "plan": _l("Facts of the plan"),
    "task_force": _l("Task force"),
    "institution": _l("Institution"),
    "section": _l("Section"),
    "paragraph": _l("Paragraph"),
    "policy_review": _l("Policy review"),
    "consultation": _l("Consultation"),
    "contribution": _l("Contribution"),
    "risk": _l("Risk"),
}
# What became of each of several rows that were to be changed at once: how it stands, and in words.
OUTCOMES = {
    "changed": ("done", _l("Changed")),
    "unchanged": ("none", _l("Unchanged: it says so already")),
    "archived": ("warn", _l("Left alone: it is archived")),
    "saved_since": ("warn", _l("Left alone: %(who)s changed it after the page was shown")),
    "not_yours": ("warn", _l("Left alone: another ministry leads it")),
    "ends_first": ("warn", _l("Left alone: it would end before it starts")),
    "gone": ("warn", _l("Left alone: it is not in this plan")),
}
PLACES = {
    "front": _l("Before the main part"),
    "body": _l("Main part"),
    "annex": _l("Annexes"),
}
PARAGRAPH_KINDS = {
    "paragraph": _l("Paragraph, with a number"),
    "heading": _l("Heading"),
    "table": _l("Table"),
}
PLAN_LEVELS = {
    "national": _l("National"),
    "local": _l("Local"),
    "regional": _l("Regional"),
    "sectoral": _l("Of one sector"),
}
CONTEXTS = {
    "conflict_affected": _l("Affected by conflict"),
    "post_conflict": _l("Coming out of conflict"),
    "troop_or_police_contributor": _l("Sends troops or police on missions"),
    "donor": _l("Gives aid to other States"),
    "host_of_displaced": _l("Hosts displaced people"),
    "none_of_these": _l("None of these"),
}
ADOPTERS = {
    "ministry": _l("Adopted by a ministry"),
    "cabinet": _l("Adopted by the cabinet"),
    "head_of_state": _l("Adopted by the head of State"),
    "parliament": _l("Adopted by parliament"),
}
CIVIL_SOCIETY_ROLES = {
    "none": _l("No role"),
    "consulted": _l("Consulted"),
    "advisory_seats": _l("Advisory seats"),
    "voting_seats": _l("Seats with a vote"),
    "independent_monitor": _l("Independent monitor"),
}
THEMES = {
    "prevention": _l("Prevention"),
    "participation": _l("Participation"),
    "protection": _l("Protection"),
    "relief_and_recovery": _l("Relief and recovery"),
    "normative": _l("Laws and norms"),
    "cross_cutting": _l("Across all themes"),
    "emerging": _l("New concerns"),
}
TOPICS = {
    "recruitment": _l("Recruitment"),
    "training": _l("Training"),
    "working_environment": _l("Working environment"),
    "policy_review": _l("Review of policies"),
    "leadership": _l("Leadership"),
    "peace_process": _l("Peace process"),
    "early_warning": _l("Early warning"),
    "mediation": _l("Mediation"),
    "sea": _l("Sexual exploitation and abuse"),
    "gbv": _l("Gender-based violence"),
    "justice": _l("Justice"),
    "ddr": _l("Disarmament and reintegration"),
    "small_arms": _l("Small arms"),
    "ssr": _l("Reform of the security sector"),
    "health": _l("Health"),
    "livelihoods": _l("Livelihoods"),
    "education": _l("Education"),
    "displacement": _l("Displacement"),
    "climate": _l("Climate"),
    "digital": _l("Digital life"),
    "violent_extremism": _l("Violent extremism"),
    "data": _l("Data"),
    "coordination": _l("Coordination"),
    "monitoring": _l("Monitoring"),
    "communication": _l("Communication"),
    "womens_organisations": _l("Women’s organisations"),
    "budgeting": _l("Budgeting"),
}
STRATEGIES = {
    "policy_development": _l("Policy development"),
    "advocacy": _l("Advocacy"),
    "capacity_building": _l("Capacity building"),
    "partnership_and_networking": _l("Partnership and networking"),
    "goods_and_services": _l("Goods and services"),
}
TIMINGS = {
    "dated": _l("From and to certain dates"),
    "ongoing": _l("Ongoing"),
    "every_year": _l("Every year"),
    "as_needed": _l("As needed"),
}
COSTINGS = {
    "costed": _l("Costed"),
    "within_core": _l("Within core budgets"),
    "no_cost": _l("No cost"),
    "not_costed": _l("Not costed yet"),
}
REACHES = {
    "headquarters": _l("At headquarters"),
    "national": _l("The whole country"),
    "regional": _l("Some regions"),
    "local": _l("Some localities"),
    "abroad": _l("Abroad"),
}
GENDER_MARKERS = {
    "0": _l("Gender equality is not a target (0)"),
    "1": _l("Gender equality is a significant objective (1)"),
    "2": _l("Gender equality is the principal objective (2)"),
}
FUNDINGS = {
    "secured": _l("Secured"),
    "pledged": _l("Pledged"),
    "gap": _l("Gap"),
    "unknown": _l("Not known yet"),
}
MONEY_KINDS = {
    "core": _l("Core budget"),
    "earmarked": _l("Given for this purpose"),
    "pooled_fund": _l("Pooled fund"),
    "private": _l("Private money"),
    "in_kind": _l("In kind"),
}
MILESTONE_KINDS = {
    "task_force": _l("Task force"),
    "consultation": _l("Consultation"),
    "validation": _l("Validation"),
    "adoption": _l("Adoption"),
    "tabling": _l("Laid before parliament"),
    "debate": _l("Debate"),
    "committee_review": _l("Committee review"),
    "launch": _l("Launch"),
    "report": _l("Report"),
    "mid_term_review": _l("Mid-term review"),
    "final_evaluation": _l("Final evaluation"),
    "renewal": _l("Renewal"),
    "leadership": _l("Leadership"),
    "other": _l("Other"),
}
INDICATOR_KINDS = {
    "number": _l("A number"),
    "percent": _l("Percentage"),
    "ratio": _l("Ratio"),
    "money": _l("Money"),
    "index": _l("Index"),
    "yes_no": _l("Yes or no"),
    "scale": _l("Scale"),
    "sites_meeting": _l("Places that meet a standard"),
    "qualitative": _l("In words"),
}
ADDS_UP = frozenset({"number", "money", "sites_meeting"})  # kinds whose parts may be added up to a whole
INDICATOR_LEVELS = {
    "impact": _l("Impact"),
    "outcome": _l("Outcome"),
    "output": _l("Output"),
    "process": _l("Process"),
}
COUNTS = {
    "people": _l("People"),
    "women_and_girls": _l("Women and girls"),
    "organisations": _l("Organisations"),
    "sites": _l("Places"),
    "documents": _l("Documents"),
    "events": _l("Events"),
    "money": _l("Money"),
    "cases": _l("Cases"),
    "other": _l("Other"),
}
DIRECTIONS = {
    "increase": _l("Should rise"),
    "decrease": _l("Should fall"),
    "maintain": _l("Should stay as it is"),
}
TOTALS = {
    "sum": _l("Periods are added up"),
    "last": _l("The last period counts"),
    "average": _l("Periods are averaged"),
}
MISSING = {
    "not_collected": _l("Not collected"),
    "not_available": _l("Not available"),
    "suppressed": _l("Withheld to protect people"),
    "not_applicable": _l("Does not apply"),
}
DIMENSIONS = {
    "sex": _l("Sex"),
    "age": _l("Age"),
    "region": _l("Region"),
    "disability": _l("Disability"),
    "displacement": _l("Displacement"),
    "ethnicity": _l("Ethnicity"),
    "rank": _l("Rank"),
}
CATEGORIES = {
    "women": _l("Women"),
    "men": _l("Men"),
    "girls": _l("Girls"),
    "boys": _l("Boys"),
    "under_18": _l("Under 18"),
    "age_18_30": _l("18 to 30"),
    "age_31_60": _l("31 to 60"),
    "over_60": _l("Over 60"),
}
COMMITMENTS = {
    "not_asked": _l("Not asked yet"),
    "asked": _l("Waiting for an answer"),
    "accepted": _l("Accepted"),
    "change_asked": _l("Asks for a change"),
}
COMMITMENT_KINDS = {"not_asked": "none", "asked": "wait", "accepted": "done", "change_asked": "warn"}
RISK_LEVELS = {"low": _l("Low"), "medium": _l("Medium"), "high": _l("High")}
DECISIONS = {
    "keep": _l("Keep"),
    "amend": _l("Amend"),
    "repeal": _l("Repeal"),
    "new_policy": _l("Make a new policy"),
    "pending": _l("Not decided yet"),
}
AREAS = {
    "A": _l("Conflict prevention and early warning"),
    "B": _l("Peacemaking and peacebuilding"),
    "C": _l("Peacekeeping operations"),
    "D": _l("Humanitarian response"),
    "E": _l("Reconstruction after conflict"),
    "F": _l("Disarmament and reintegration"),
    "G": _l("Gender-based violence in conflict"),
    "H": _l("Sexual exploitation and abuse"),
    "I": _l("Gender balance"),
    "J": _l("Coordination and partnership"),
    "K": _l("Monitoring and reporting"),
    "L": _l("Financial resources"),
}


def named(names: Mapping[str, LazyString], value: object) -> str:
    """What a value is called; the value itself where the list does not know it, nothing for None."""
    return "" if value is None else str(names.get(str(value), value))
