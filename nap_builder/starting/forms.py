"""The forms of a plan that begins, and of a template that is made of one."""

from collections.abc import Sequence

from wtforms import BooleanField

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _l
from nap_builder.plans.forms.narrative import LONGEST_TITLE
from nap_builder.plans.forms.pieces import SeveralOf
from nap_builder.plans.forms.plan import SHORT_NAME, StartForm
from nap_builder.starting.composing import Wishes
from nap_builder.starting.following import Kept
from nap_builder.starting.queries import ObjectiveAtEnd


class FromTemplateForm(StartForm):
    """What a plan from a template begins with. Give it `offered_pillars` and `offered_blocks`, as pairs."""

    pillars = SeveralOf(_l("Which parts to take"))
    blocks = SeveralOf(_l("Which topics to take"))

    def _speak(self) -> None:
        super()._speak()
        for name in ("pillars", "blocks"):
            self[name].choices = list(self.given.get(f"offered_{name}", ()))
            if not self.is_submitted():
                self[name].data = [value for value, _label in self[name].choices]

    def wishes(self) -> Wishes:
        """What the form says, as the service takes it."""
        return Wishes(
            slug=self.slug.data or "",
            country=self.country.data or "",
            facts=self.facts(),
            pillars=frozenset(self.pillars.data or ()),
            blocks=frozenset(self.blocks.data or ()),
        )


class FollowForm(FromTemplateForm):
    """What the plan that follows an earlier one begins with. Give it `ending` too, the objectives as they end."""

    objectives = SeveralOf(_l("Which objectives go on"))
    lessons = WordsField(_l("Lessons of the last plan"), longest=20_000)

    texts = BooleanField(_l("Take the text of the sections too"), default=True)
    activities = BooleanField(
        _l("Take the activities that are not completed or dropped"),
        default=True,
        description=_l("They come without their dates and money."),
    )

    def _speak(self) -> None:
        super()._speak()
        ending: Sequence[ObjectiveAtEnd] = self.given.get("ending", ())
        self.objectives.choices = [(one.code, one.said) for one in ending]
        if not self.is_submitted():
            self.objectives.data = [one.code for one in ending if one.open]

    def kept(self) -> Kept:
        """What of the earlier plan goes on."""
        return Kept(
            texts=bool(self.texts.data),
            activities=bool(self.activities.data),
            objectives=frozenset(self.objectives.data or ()),
            lessons=self.lessons.data,
        )


class TemplateForm(Form):
    """What a template made of a plan is called."""

    title = WordsField(_l("What it is called"), required=True, longest=LONGEST_TITLE)
    summary = WordsField(_l("For which State or level it is"), required=True, longest=1_000)
    key = PlainField(
        _l("Short name in addresses"),
        description=_l("Small letters, digits and dashes, such as our-district."),
        validators=SHORT_NAME,
    )
    texts = BooleanField(
        _l("Keep the text of the sections"),
        description=_l("Without it, the sections stand empty, with their titles."),
    )
