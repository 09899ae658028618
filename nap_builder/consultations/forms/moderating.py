"""Forms about comments that wait, and about what is hidden."""

from nap_builder.kernel.fields import Form, ProseField, WordsField
from nap_builder.kernel.languages import _l

LONGEST_TEXT, LONGEST_REASON = 5_000, 300


class AcceptForm(Form):
    """A comment as it would be published. The fields hold the comment's own words until somebody cuts them."""

    text = ProseField(_l("What it says"), longest=LONGEST_TEXT)
    proposed = ProseField(_l("The wording it suggests"), longest=LONGEST_TEXT)


class ReasonForm(Form):
    """Why something is not shown: it stands where the words would."""

    reason = WordsField(
        _l("Reason"),
        required=True,
        longest=LONGEST_REASON,
        description=_l("Everybody reads it. Do not repeat what was said."),
    )
