"""The form in which an organisation says how it sees an objective."""

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l
from nap_builder.monitoring.assessments.names import JUDGEMENTS
from nap_builder.monitoring.forms.pieces import OneButton

LONGEST_SAID = 600


class AssessmentForm(Form):
    """An assessment. Its text is in one language; what it also has in others is kept."""

    judgement = OneButton(_l("How do you see it?"), JUDGEMENTS)
    said = WordsField(
        _l("What makes you say so?"),
        required=True,
        longest=LONGEST_SAID,
        description=_l("What you saw, where, and how you know. Name no victim and no source that must stay unknown."),
    )
