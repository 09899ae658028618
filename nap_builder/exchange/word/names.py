"""What the columns of a matrix, and what becomes of its tables and texts, are called on pages."""

from nap_builder.exchange.word import vocabulary as said
from nap_builder.exchange.word.choices import LEAVE, ROWS, TEXT
from nap_builder.kernel.languages import _l

ADD, REPLACE = "add", "replace"

COLUMNS = {
    said.NUMBER: _l("Number of the row"),
    said.PILLAR: _l("Pillar"),
    said.OBJECTIVE: _l("Objective"),
    said.OUTPUT: _l("Output"),
    said.ACTIVITY: _l("Activity"),
    said.EXPECTED: _l("Expected result"),
    said.LEAD: _l("Lead"),
    said.SUPPORTING: _l("Supporting institutions"),
    said.PARTNERS: _l("Partners in words"),
    said.START: _l("Start"),
    said.END: _l("End"),
    said.TIME: _l("Time, as it is stated"),
    said.INDICATOR: _l("Indicator"),
    said.BASELINE: _l("Baseline"),
    said.TARGET: _l("Target"),
    said.SOURCE: _l("Source of the data"),
    said.COST: _l("Cost"),
    said.FUNDING: _l("Source of the money"),
    said.NOTE: _l("Keep under its own name"),
    said.NOTHING: _l("Leave out"),
}
USES = {
    ROWS: _l("As rows of the results matrix"),
    TEXT: _l("As tables in the text"),
    LEAVE: _l("Not at all"),
}
STANDING = {
    ADD: _l("After what it says"),
    REPLACE: _l("In the place of what it says"),
}
