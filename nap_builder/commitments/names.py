"""What the values of commitments are called."""

from nap_builder.kernel.languages import _l

SOURCES = {"letter": _l("By letter"), "call": _l("By telephone"), "paper": _l("On paper")}
ABOUT = {
    "title": _l("What will be done"),
    "lead": _l("Lead ministry"),
    "starts": _l("Start"),
    "ends": _l("End"),
    "description": _l("Description"),
    "cost": _l("Cost"),
    "indicators": _l("Indicators"),
    "other": _l("Something else"),
}
TEXTS = frozenset({"title", "description"})
DATES = frozenset({"starts", "ends"})
# What a change says of these can be put into the plan word for word.
WRITABLE = TEXTS | DATES | {"lead"}
