"""What the kinds of rows, and the members that no form has, are called on the pages of an import."""

from nap_builder.kernel.languages import LazyString, _, _l
from nap_builder.plans.member_names import FIELDS

KINDS: dict[str, LazyString] = {
    "plan": _l("Facts of the plan"),
    "task_force": _l("Task force"),
    "institution": _l("Institution"),
    "section": _l("Section"),
    "paragraph": _l("Paragraph"),
    "pillar": _l("Pillar"),
    "objective": _l("Objective"),
    "output": _l("Output"),
    "activity": _l("Activity"),
    "indicator": _l("Indicator"),
    "milestone": _l("Milestone"),
    "policy_review": _l("Policy review"),
    "consultation": _l("Consultation"),
    "contribution": _l("Contribution"),
    "risk": _l("Risk"),
}
MEMBERS: dict[str, LazyString] = {
    **FIELDS,
    "name": _l("Name"),
    "short": _l("Short name"),
    "sector": _l("Sector"),
    "part_of": _l("Part of"),
    "focal_post": _l("Post of the focal point"),
    "accountable": _l("Who answers for it"),
    "chair": _l("Chair"),
    "members": _l("Members"),
    "observers": _l("Observers"),
    "mandate": _l("Mandate"),
    "chair_reason": _l("Why this chair"),
    "meets_every_months": _l("Meets every (months)"),
    "subtitle": _l("Second title"),
    "languages": _l("Languages"),
    "labels": _l("Names of the levels"),
    "adoption": _l("Adoption"),
    "reference": _l("Reference"),
    "vision": _l("Vision"),
    "monitoring": _l("Monitoring body"),
    "owner": _l("Written by"),
    "easy": _l("In easy words"),
    "budget": _l("Budget"),
    "targets": _l("Targets"),
    "values": _l("Reported figures"),
    "commitment": _l("Commitment"),
    "state": _l("State"),
    "met_on": _l("Met on"),
    "reason": _l("Reason"),
    "related": _l("Related rows"),
    "more": _l("Other columns of the State"),
    "likelihood": _l("Likelihood"),
    "impact": _l("Impact"),
    "response": _l("Answer"),
    "about": _l("What it is about"),
    "policy": _l("Policy"),
    "institution": _l("Institution"),
    "finding": _l("Finding"),
    "gap": _l("Gap"),
    "entry_point": _l("Way to change it"),
    "objectives": _l("Objectives"),
    "decision": _l("Decision"),
    "summary": _l("Summary"),
    "participants": _l("Participants"),
    "order": _l("Place"),
    "country": _l("Country"),
    "edition": _l("Edition"),
    "area": _l("Area"),
    "issuing_body": _l("Issued by"),
    "context": _l("Situation of the State"),
    "succeeds": _l("Plan before it"),
    "required_languages": _l("Languages that every text needs"),
    "timezone": _l("Time zone"),
    "fiscal_year_starts": _l("Start of the fiscal year"),
    "reporting_months": _l("Reports every (months)"),
    "rates": _l("Rates of exchange"),
    "abbreviations": _l("Abbreviations"),
    "signatures": _l("Signatures"),
    "civil_society_role": _l("Part of civil society"),
    "not_applicable": _l("Checks that do not apply"),
    "decided_on": _l("Decided on"),
    "done_on": _l("Done on"),
    "round": _l("Round"),
    "with": _l("With whom"),
    "region": _l("Region"),
    "host": _l("Host"),
    "version": _l("Version"),
    "visibility": _l("Who may read it"),
    "attribution": _l("How it is attributed"),
    "risk": _l("Risk"),
    "organisations": _l("Organisations"),
    "channel": _l("How it came"),
    "held_on": _l("Said on"),
    "entered_on": _l("Entered on"),
    "group": _l("Group"),
    "withdrawn": _l("Withdrawn"),
}


def row_name(ref: str) -> str:
    """A row for people: Activity 1.1.2. Sections and paragraphs, whose keys nobody reads, by their kind alone."""
    kind, _colon, name = ref.partition(":")
    called = str(KINDS.get(kind, kind))
    if kind in ("plan", "task_force", "section", "paragraph", "policy_review"):
        return called
    return _("%(kind)s %(code)s", kind=called, code=name)


def member_name(name: str) -> str:
    """A member of the format for people."""
    return str(MEMBERS[name])
