"""What the values of the format's lists are called in print."""


def N_(message: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Marks a word for translation; the document's voice says it later."""
    return message


INSTITUTION_KINDS = {
    "ministry": N_("Ministry"),
    "agency": N_("Agency"),
    "independent_body": N_("Independent body"),
    "armed_forces": N_("Armed forces"),
    "police": N_("Police"),
    "judiciary": N_("Judiciary"),
    "parliament": N_("Parliament"),
    "local_authority": N_("Local authority"),
    "civil_society": N_("Civil society"),
    "faith_or_traditional": N_("Faith or traditional leaders"),
    "private_sector": N_("Private sector"),
    "media": N_("Media"),
    "academic": N_("University or research"),
    "international": N_("International body"),
    "donor": N_("Donor"),
    "other": N_("Other"),
}
SECTORS = {
    "womens_affairs": N_("Women’s affairs"),
    "defence": N_("Defence"),
    "interior": N_("Interior"),
    "foreign_affairs": N_("Foreign affairs"),
    "justice": N_("Justice"),
    "finance": N_("Finance"),
    "health": N_("Health"),
    "education": N_("Education"),
    "social_affairs": N_("Social affairs"),
    "planning": N_("Planning"),
    "statistics": N_("Statistics"),
    "other": N_("Other"),
}
PLAN_LEVELS = {
    "national": N_("National"),
    "local": N_("Local"),
    "regional": N_("Regional"),
    "sectoral": N_("Of one sector"),
}
CONTEXTS = {
    "conflict_affected": N_("Affected by conflict"),
    "post_conflict": N_("Coming out of conflict"),
    "troop_or_police_contributor": N_("Sends troops or police on missions"),
    "donor": N_("Gives aid to other States"),
    "host_of_displaced": N_("Hosts displaced people"),
    "none_of_these": N_("None of these"),
}
ADOPTERS = {
    "ministry": N_("Adopted by a ministry"),
    "cabinet": N_("Adopted by the cabinet"),
    "head_of_state": N_("Adopted by the head of State"),
    "parliament": N_("Adopted by parliament"),
}
CIVIL_SOCIETY_ROLES = {
    "none": N_("No role"),
    "consulted": N_("Consulted"),
    "advisory_seats": N_("Advisory seats"),
    "voting_seats": N_("Seats with a vote"),
    "independent_monitor": N_("Independent monitor"),
}
THEMES = {
    "prevention": N_("Prevention"),
    "participation": N_("Participation"),
    "protection": N_("Protection"),
    "relief_and_recovery": N_("Relief and recovery"),
    "normative": N_("Laws and norms"),
    "cross_cutting": N_("Across all themes"),
    "emerging": N_("New concerns"),
}
TOPICS = {
    "recruitment": N_("Recruitment"),
    "training": N_("Training"),
    "working_environment": N_("Working environment"),
    "policy_review": N_("Review of policies"),
    "leadership": N_("Leadership"),
    "peace_process": N_("Peace process"),
    "early_warning": N_("Early warning"),
    "mediation": N_("Mediation"),
    "sea": N_("Sexual exploitation and abuse"),
    "gbv": N_("Gender-based violence"),
    "justice": N_("Justice"),
    "ddr": N_("Disarmament and reintegration"),
    "small_arms": N_("Small arms"),
    "ssr": N_("Reform of the security sector"),
    "health": N_("Health"),
    "livelihoods": N_("Livelihoods"),
    "education": N_("Education"),
    "displacement": N_("Displacement"),
    "climate": N_("Climate"),
    "digital": N_("Digital life"),
    "violent_extremism": N_("Violent extremism"),
    "data": N_("Data"),
    "coordination": N_("Coordination"),
    "monitoring": N_("Monitoring"),
    "communication": N_("Communication"),
    "womens_organisations": N_("Women’s organisations"),
    "budgeting": N_("Budgeting"),
}
STRATEGIES = {
    "policy_development": N_("Policy development"),
    "advocacy": N_("Advocacy"),
    "capacity_building": N_("Capacity building"),
    "partnership_and_networking": N_("Partnership and networking"),
    "goods_and_services": N_("Goods and services"),
}
TIMINGS = {
    "ongoing": N_("Ongoing"),
    "every_year": N_("Every year"),
    "as_needed": N_("As needed"),
}
COSTINGS = {
    "costed": N_("Costed"),
    "within_core": N_("Within core budgets"),
    "no_cost": N_("No cost"),
    "not_costed": N_("Not costed yet"),
}
REACHES = {
    "headquarters": N_("At headquarters"),
    "national": N_("The whole country"),
    "regional": N_("Some regions"),
    "local": N_("Some localities"),
    "abroad": N_("Abroad"),
}
GENDER_MARKERS = {
    "0": N_("Gender equality is not a target (0)"),
    "1": N_("Gender equality is a significant objective (1)"),
    "2": N_("Gender equality is the principal objective (2)"),
}
FUNDINGS = {
    "secured": N_("Secured"),
    "pledged": N_("Pledged"),
    "gap": N_("Gap"),
    "unknown": N_("Not known yet"),
}
MONEY_KINDS = {
    "core": N_("Core budget"),
    "earmarked": N_("Given for this purpose"),
    "pooled_fund": N_("Pooled fund"),
    "private": N_("Private money"),
    "in_kind": N_("In kind"),
}
MILESTONE_KINDS = {
    "task_force": N_("Task force"),
    "consultation": N_("Consultation"),
    "validation": N_("Validation"),
    "adoption": N_("Adoption"),
    "tabling": N_("Laid before parliament"),
    "debate": N_("Debate"),
    "committee_review": N_("Committee review"),
    "launch": N_("Launch"),
    "report": N_("Report"),
    "mid_term_review": N_("Mid-term review"),
    "final_evaluation": N_("Final evaluation"),
    "renewal": N_("Renewal"),
    "leadership": N_("Leadership"),
}
INDICATOR_KINDS = {
    "number": N_("A number"),
    "percent": N_("Percentage"),
    "ratio": N_("Ratio"),
    "money": N_("Money"),
    "index": N_("Index"),
    "yes_no": N_("Yes or no"),
    "scale": N_("Scale"),
    "sites_meeting": N_("Places that meet a standard"),
    "qualitative": N_("In words"),
}
INDICATOR_LEVELS = {
    "impact": N_("Impact"),
    "outcome": N_("Outcome"),
    "output": N_("Output"),
    "process": N_("Process"),
}
COUNTS = {
    "people": N_("People"),
    "women_and_girls": N_("Women and girls"),
    "organisations": N_("Organisations"),
    "sites": N_("Places"),
    "documents": N_("Documents"),
    "events": N_("Events"),
    "money": N_("Money"),
    "cases": N_("Cases"),
    "other": N_("Other"),
}
DIRECTIONS = {
    "increase": N_("Should rise"),
    "decrease": N_("Should fall"),
    "maintain": N_("Should stay as it is"),
}
TOTALS = {
    "sum": N_("Periods are added up"),
    "last": N_("The last period counts"),
    "average": N_("Periods are averaged"),
}
REPORTERS = {
    "state": N_("The State"),
    "un": N_("The United Nations"),
    "both": N_("The State and the United Nations"),
}
MISSING = {
    "not_collected": N_("Not collected"),
    "not_available": N_("Not available"),
    "suppressed": N_("Withheld to protect people"),
    "not_applicable": N_("Does not apply"),
}
DIMENSIONS = {
    "sex": N_("Sex"),
    "age": N_("Age"),
    "region": N_("Region"),
    "disability": N_("Disability"),
    "displacement": N_("Displacement"),
    "ethnicity": N_("Ethnicity"),
    "rank": N_("Rank"),
}
CATEGORIES = {
    "women": N_("Women"),
    "men": N_("Men"),
    "girls": N_("Girls"),
    "boys": N_("Boys"),
    "under_18": N_("Under 18"),
    "age_18_30": N_("18 to 30"),
    "age_31_60": N_("31 to 60"),
    "over_60": N_("Over 60"),
}
RISK_LEVELS = {"low": N_("Low"), "medium": N_("Medium"), "high": N_("High")}
DECISIONS = {
    "keep": N_("Keep"),
    "amend": N_("Amend"),
    "repeal": N_("Repeal"),
    "new_policy": N_("Make a new policy"),
    "pending": N_("Not decided yet"),
}
AREAS = {
    "A": N_("Conflict prevention and early warning"),
    "B": N_("Peacemaking and peacebuilding"),
    "C": N_("Peacekeeping operations"),
    "D": N_("Humanitarian response"),
    "E": N_("Reconstruction after conflict"),
    "F": N_("Disarmament and reintegration"),
    "G": N_("Gender-based violence in conflict"),
    "H": N_("Sexual exploitation and abuse"),
    "I": N_("Gender balance"),
    "J": N_("Coordination and partnership"),
    "K": N_("Monitoring and reporting"),
    "L": N_("Financial resources"),
}
