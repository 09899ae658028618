"""Forms about answers and groups."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField

from nap_builder.consultations.answer import Answer
from nap_builder.consultations.names import DECISIONS
from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l, words_in
from nap_builder.plans.forms.pieces import OneOf, SeveralOf
from nap_builder.taskforce.models import Institution

LONGEST_REASON, LONGEST_TITLE = 4_000, 160


class AskForm(Form):
    """Who drafts the answer. Give it `bodies` (institutions)."""

    asked_id = OneOf(_l("Who drafts the answer"), nothing=_l("Nobody in particular"))

    def _speak(self) -> None:
        super()._speak()
        bodies: Sequence[Institution] = self.given.get("bodies", ())
        self.asked_id.choices = self.asked_id.beginning([(str(body.id), words_in(body.name)) for body in bodies])


class AnswerForm(Form):
    """An answer. Give it `near`, what it is about, and the `rest` of the plan: pairs of `kind:key` and words."""

    decision = OneOf(_l("Decision"), DECISIONS, nothing=_l("Choose"))
    reason = WordsField(
        _l("Reason"),
        required=True,
        longest=LONGEST_REASON,
        description=_l(
            "Always say why, also when it is accepted. People read this as the answer. Where a language is left empty, "
            "its readers see another."
        ),
    )
    changed = SeveralOf(_l("What was changed in the plan"))
    others = SeveralOf(_l("Other parts of the plan"))
    later = BooleanField(_l("The change is still to be made"))

    def _speak(self) -> None:
        super()._speak()
        near = list(self.given.get("near", ()))
        known = {name for name, _words in near}
        gone = [name for name in self.changed.object_data or () if name not in known]
        self.changed.choices = [*near, *((name, _l("A part that is archived or not open to you")) for name in gone)]
        self.others.choices = list(self.given.get("rest", ()))

    def said(self) -> Answer:
        """What the form says."""
        changed = [*(self.changed.data or ()), *(self.others.data or ())]
        return Answer(self.decision.data, self.reason.data, changed, bool(self.later.data))


class GroupForm(Form):
    """Which contributions belong together. Give it `free` (pairs of key and words)."""

    title = WordsField(
        _l("What they say"), required=True, longest=LONGEST_TITLE, description=_l("One line, such as: Say who pays.")
    )
    members = SeveralOf(_l("Contributions"))

    def _speak(self) -> None:
        super()._speak()
        self.members.choices = _pairs(self.given)


class MembersForm(Form):
    """More contributions for a group. Give it `free` (pairs of key and words)."""

    members = SeveralOf(_l("Contributions"))

    def _speak(self) -> None:
        super()._speak()
        self.members.choices = _pairs(self.given)


class TitleForm(Form):
    """The title of a group."""

    title = WordsField(_l("What they say"), required=True, longest=LONGEST_TITLE)


def _pairs(given: dict[str, Any]) -> list[tuple[str, str]]:
    return list(given.get("free", ()))
