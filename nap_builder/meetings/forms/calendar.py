"""Forms of the process calendar: the start, a move, and a step of the State's own."""

from wtforms import BooleanField, RadioField

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l
from nap_builder.meetings.forms.pieces import DayField
from nap_builder.meetings.names import PACES, PHASES, PREPARE, USUAL
from nap_builder.plans.forms.narrative import LONGEST_TITLE, offer


class StartForm(Form):
    """From which day and how fast the process runs."""

    start = DayField(_l("Day of the decision to make a plan"), missing=_l("Choose the day on which it begins."))
    pace = RadioField(_l("Pace"), choices=offer(PACES.items()), default=USUAL)


class MoveForm(Form):
    """Another day for a step, and whether those after it move along. Its row a Step."""

    due = DayField(_l("New day"), missing=_l("Choose the new day."))
    shift = BooleanField(_l("Move all later steps that are still to do by as many days"))


class NameForm(Form):
    """What a step of the State's own is called."""

    title = WordsField(_l("Step"), required=True, longest=LONGEST_TITLE)
    phase = RadioField(_l("Phase"), choices=offer(PHASES.items()), default=PREPARE)


class OwnStepForm(NameForm):
    """A step that the usual ones lack."""

    due = DayField(_l("Day"), missing=_l("Choose the day of the step."))
