"""Forms about what was heard: what is asked of the matrix, a stage of the process, and the chapter."""

from typing import Any

from wtforms import BooleanField
from wtforms import Form as PlainFilter

from nap_builder.consultations.names import DECISIONS, PARTS
from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.names import THEMES

LONGEST_REASON, LONGEST_TITLE, LONGEST_CHAPTER = 1_000, 160, 20_000
NEW = "new"


class MatrixFilter(PlainFilter):
    """What of the matrix is asked for; it stands in the address."""

    theme = OneOf(_l("Theme"), {**THEMES, "none": _l("No theme named")}, nothing=_l("Every theme"))
    decision = OneOf(_l("Answer"), {**DECISIONS, "unanswered": _l("No answer yet")}, nothing=_l("Every answer"))
    late = BooleanField(_l("Waiting for an answer for more than ten days"))


class StageForm(Form):
    """Whether women's groups took part in a stage, and what is to be said of it."""

    part = OneOf(_l("Women’s groups"), PARTS)
    text = WordsField(
        _l("What is to be said of it"),
        longest=LONGEST_REASON,
        description=_l("Where they did not take part, or in some of it only: say why. Everybody reads this."),
    )


class ChapterForm(Form):
    """The chapter, and where it is put. Give it `sections` (pairs of a key and words)."""

    title = WordsField(_l("Title of the new section"), longest=LONGEST_TITLE)
    text = WordsField(
        _l("The chapter"),
        required=True,
        longest=LONGEST_CHAPTER,
        description=_l("Leave a blank line between paragraphs. Change whatever you would say otherwise."),
    )
    section = OneOf(_l("Put it"), description=_l("It is added at the end of the section. You can undo that."))

    def _speak(self) -> None:
        super()._speak()
        titles = [(key, _("at the end of “%(section)s”", section=words_in(title))) for key, title in self._sections()]
        self.section.choices = [(NEW, _("into a new section")), *titles]

    def _sections(self) -> Any:
        return self.given.get("sections", ())
