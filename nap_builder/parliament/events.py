"""What is remembered of the record of parliament. Entries are named by kind and number."""

from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l
from nap_builder.parliament.names import KINDS, RHYTHMS
from nap_builder.plans.member_names import MEMBERS, VALUES

ADDED = act(
    "parliament.entry.added", _l("%(actor)s entered no. %(number)s into the record of parliament (%(house_entry)s).")
)
CORRECTED = act(
    "parliament.entry.corrected",
    _l("%(actor)s corrected no. %(number)s of the record of parliament (%(house_entry)s)."),
)
WITHDRAWN = act(
    "parliament.entry.withdrawn", _l("%(actor)s withdrew no. %(number)s of the record of parliament (%(house_entry)s).")
)
RESTORED = act(
    "parliament.entry.restored",
    _l("%(actor)s brought back no. %(number)s of the record of parliament (%(house_entry)s)."),
)
KEPT = act("parliament.undertaking.kept", _l("%(actor)s said that undertaking no. %(number)s to parliament is kept."))
REOPENED = act(
    "parliament.undertaking.reopened", _l("%(actor)s opened undertaking no. %(number)s to parliament again.")
)
PACK_ASKED = act("parliament.pack.asked", _l("%(actor)s asked for the tabling pack of version %(number)s."))
RHYTHM_SET = act("parliament.rhythm.set", _l("%(actor)s said how often parliament reviews the plan."))

reads("house_entry", lambda kind: str(KINDS.get(kind, kind)))

MEMBERS.update(
    public=_l("On the page for parliament"),
    body=_l("Committee or chamber"),
    embargoed_until=_l("Embargoed until"),
    asked_by=_l("Asked by"),
    answer=_l("Answer of the government"),
    answered_on=_l("Answered on"),
    debate=_l("Said in this debate"),
    kept_on=_l("Kept on"),
    kept_note=_l("How it was kept"),
    review_months=_l("Parliament reviews the plan"),
)
VALUES["review_months"] = {int(months): words for months, words in RHYTHMS.items()}
